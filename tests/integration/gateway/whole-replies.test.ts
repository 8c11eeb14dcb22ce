import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { modelSettings } from "@/db/schema/gateway";
import type { ModelFailure } from "@/lib/core/errors";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { allLanes } from "@/lib/gateway/queue/lane";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOpenai } from "@/tests/support/fake-openai";
import type { Misbehaviour } from "@/tests/support/fake-protocol";
import { forgetGateway } from "@/tests/support/gateway";
import { chunksOf } from "@/tests/support/on-host";
import { openaiHearth } from "@/tests/support/openai-hearth";

const model = "openai/gpt-5";
const messages = [{ role: "user", content: "Count." }];
const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: {} } } }];
const limits = { HEARTH_CONNECT_TIMEOUT_MS: "1000", HEARTH_FIRST_TOKEN_TIMEOUT_MS: "200", HEARTH_REPLY_TIMEOUT_MS: "700" };

let upstream: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
beforeAll(async () => {
  upstream = await fakeOpenai({ tokens: 3 });
  hearth = await openaiHearth({ OPENAI_BASE_URL: `${upstream.url}/v1`, OPENAI_API_KEY: "sk-test", ...limits });
});
beforeEach(async () => {
  await upstream.behave({
    misbehave: undefined,
    tokens: 3,
    reasoning: undefined,
    toolCalls: undefined,
    withLogprobs: false,
    firstTokenMs: 0,
    says: undefined,
    reply: undefined,
  });
  upstream.requests.length = 0;
});
afterEach(forgetGateway);
afterAll(async () => {
  await hearth.close();
  await upstream.close();
});

const ask = (more: object = {}) => hearth.call("/chat/completions", { model, messages, ...more });
const answerTo = async (more?: object) => (await ask(more)).json();
const streamsAsked = () => upstream.chats.map(({ body }) => body.stream === true);

describe("a model's hosts are asked", () => {
  const setStreaming = async (streaming: "always" | "as-asked" | "never") => {
    await db().insert(modelSettings).values({ modelId: model, streaming });
    await loadModelSettings();
  };
  afterEach(async () => {
    await db().delete(modelSettings);
    await loadModelSettings();
  });

  test("for a stream, also by who wants the whole, unless an admin says otherwise", async () => {
    expect(await answerTo()).toMatchObject({ choices: [{ message: { content: "tok0 tok1 tok2 " } }] });
    await (await ask({ stream: true })).text();
    expect(streamsAsked()).toEqual([true, true]);
  });

  test("for what the caller asks, where the answer is the same either way", async () => {
    await upstream.behave({ reasoning: "Hm. ", withLogprobs: true });
    const { id: _, created: __, ...streamed } = await answerTo({ logprobs: true });
    await setStreaming("as-asked");
    const { id: ___, created: ____, ...whole } = await answerTo({ logprobs: true });
    expect(whole).toEqual(streamed);
    expect(whole).toMatchObject({ usage: { prompt_tokens: 11, prompt_tokens_details: { cached_tokens: 4 } } });
    await (await ask({ stream: true })).text();
    expect(streamsAsked()).toEqual([true, false, true]);
    expect(upstream.chats[1]?.body).not.toHaveProperty("stream_options");
  });

  test("with tools as without", async () => {
    await setStreaming("as-asked");
    const calls = [
      { id: "a", name: "weather", input: { city: "Bern" } },
      { id: "b", name: "weather", input: {} },
    ];
    await upstream.behave({ toolCalls: calls, tokens: 0 });
    expect(await answerTo({ tools })).toMatchObject({
      choices: [
        {
          message: {
            content: null,
            tool_calls: calls.map(({ id, name, input }) => ({ id, function: { name, arguments: JSON.stringify(input) } })),
          },
          finish_reason: "tool_calls",
        },
      ],
    });
    expect(streamsAsked()).toEqual([false]);
  });

  test("for the whole, also by who wants a stream, where they are not to stream", async () => {
    await setStreaming("never");
    const { chunks } = await chunksOf(await ask({ stream: true, stream_options: { include_usage: true } }));
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("tok0 tok1 tok2 ");
    expect(chunks.at(-1)).toMatchObject({ usage: { completion_tokens: 3 } });
    expect(streamsAsked()).toEqual([false]);
  });

  test("with no limit for a first token, which a whole has not, and none is learned", async () => {
    await setStreaming("as-asked");
    await upstream.behave({ firstTokenMs: 400 });
    expect(await answerTo()).toMatchObject({ choices: [{ message: { content: "tok0 tok1 tok2 " } }] });
    const lane = allLanes().find(({ modelId }) => modelId === model);
    expect(lane?.callMs).toBeGreaterThan(300);
    expect(lane?.firstTokenMs).toBeUndefined();
  });

  const faults: [Misbehaviour, ModelFailure, RegExp][] = [
    ["hang-before-headers", "timed_out", /still writing after 700 ms/],
    ["hang-after-headers", "timed_out", /still writing after 700 ms/],
    ["drop-mid-stream", "host_refused", /closed the connection/],
    ["garbage", "bad_reply", /does not keep to the protocol/],
    ["endless-line", "bad_reply", /more than 16 MiB in one reply/],
    ["wrong-content-type", "bad_reply", /text\/html in place of a reply/],
    ["error-as-json", "overloaded", /too busy .* server busy/],
    ["server-error", "crashed", /failed inside .* internal failure/],
    ["promises-more", "timed_out", /still writing after 700 ms/],
  ];
  test.each(faults)("and the caller is told of a host that does %s", async (misbehave, code, message) => {
    await setStreaming("as-asked");
    await upstream.behave({ misbehave });
    const response = await ask();
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(await response.json()).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
    expect(streamsAsked()).not.toContain(true);
  });
});

test("calls that are checked share a reply only with others that are: a whole one and a stream are two", async () => {
  const checked = { temperature: 0, response_format: { type: "json_object" } };
  await upstream.behave({ reply: "{}", firstTokenMs: 50 });
  const [whole] = await Promise.all([answerTo(checked), answerTo(checked), ask({ ...checked, stream: true }).then((it) => it.text())]);
  expect(whole).toMatchObject({ choices: [{ message: { content: "{}" } }] });
  expect(upstream.chats).toHaveLength(2);
});

test("a host that refuses to stream is asked for the whole, and at once the next time", async () => {
  await upstream.behave({ misbehave: "refuses-streams" });
  const { chunks } = await chunksOf(await ask({ stream: true, tools }));
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("tok0 tok1 tok2 ");
  expect(await answerTo()).toMatchObject({ choices: [{ message: { content: "tok0 tok1 tok2 " } }] });
  expect(streamsAsked()).toEqual([true, false, false]);
  expect(breakerStates().filter(({ state }) => state !== "closed")).toEqual([]);
});

test("a host that refuses to stream what a call asks for beside is asked for a stream by the next call", async () => {
  await upstream.behave({ misbehave: "refuses-streams", says: "`prompt_logprobs` are not available when `stream=True`." });
  expect(await answerTo({ prompt_logprobs: 1 })).toMatchObject({ choices: [{ message: { content: "tok0 tok1 tok2 " } }] });
  await upstream.behave({ misbehave: undefined });
  await (await ask({ stream: true })).text();
  expect(streamsAsked()).toEqual([true, false, true]);
});

test("a host that answers with the whole where a stream was asked for is understood", async () => {
  await upstream.behave({ misbehave: "never-streams" });
  expect(await answerTo()).toMatchObject({ choices: [{ message: { content: "tok0 tok1 tok2 " } }] });
  expect(streamsAsked()).toEqual([true]);
});
