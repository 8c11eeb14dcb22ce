import { afterEach, expect, test } from "vitest";
import { db } from "@/db/database";
import { calls } from "@/db/schema/gateway";
import { flushCalls } from "@/lib/gateway/save-call";
import { fakeAnthropic } from "@/tests/support/fake-anthropic";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { openaiHearth } from "@/tests/support/openai-hearth";

const model = "ollama/llama3.2:3b";
const messages = [{ role: "user", content: "Count." }];
const pixel = "data:image/png;base64,iVBORw0KGgo=";
const weather = {
  type: "function",
  function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
};

let upstream: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
afterEach(async () => {
  await hearth.close();
  await upstream.close();
});

async function onOllama(options: Parameters<typeof fakeOllama>[0] = { tokens: 3 }) {
  upstream = await fakeOllama(options);
  hearth = await openaiHearth({ OLLAMA_BASE_URL: upstream.url });
}

async function onOpenai(options: Parameters<typeof fakeOpenai>[0] = { tokens: 3 }) {
  upstream = await fakeOpenai(options);
  hearth = await openaiHearth({ OPENAI_BASE_URL: `${upstream.url}/v1`, OPENAI_API_KEY: "sk-test" });
}

const chat = (body: object) => hearth.call("/chat/completions", { model, messages, ...body });

async function refusal(body: object) {
  const response = await chat(body);
  const { error } = (await response.json()) as { error: { message: string; type: string; param: string; code: string } };
  return { status: response.status, ...error };
}

type Chunk = {
  choices: { delta: Record<string, unknown>; finish_reason: string | null; logprobs: unknown }[];
  usage?: unknown;
  error?: unknown;
};

/** The chunks of a stream, and whether it ended with the end marker. */
async function chunksOf(response: Response): Promise<{ chunks: Chunk[]; isEnded: boolean }> {
  const events = (await response.text()).split("\n\n").filter(Boolean);
  const isEnded = events.at(-1) === "data: [DONE]";
  return { chunks: events.slice(0, isEnded ? -1 : undefined).map((event) => JSON.parse(event.slice("data: ".length))), isEnded };
}

test("a whole answer has OpenAI's shape, says who gave it, and is one row of the caller's calls", async () => {
  await onOllama();
  const response = await chat({});
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "x-hearth-upstream": "ollama",
    "x-hearth-cache": "off",
    "x-hearth-attempts": "1",
    "x-hearth-overhead-ms": expect.stringMatching(/^\d+\.\d$/),
    "x-request-id": expect.stringMatching(/^[\w-]{8,}$/),
  });
  expect(await response.json()).toEqual({
    id: expect.stringMatching(/^chatcmpl-\w{32}$/),
    object: "chat.completion",
    created: expect.closeTo(Date.now() / 1000, -2),
    model,
    choices: [
      { index: 0, message: { role: "assistant", content: "tok0 tok1 tok2 ", refusal: null }, logprobs: null, finish_reason: "stop" },
    ],
    usage: {
      prompt_tokens: 11,
      completion_tokens: 3,
      total_tokens: 14,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
    },
  });
  await flushCalls();
  const rows = await db().select().from(calls);
  expect(rows).toMatchObject([{ model, purpose: "api", outcome: "complete", inputTokens: 11, outputTokens: 3 }]);
  expect(rows[0]?.ownerId).toMatch(/^[0-9a-f-]{36}$/);
});

test("a stream begins with the role, ends with the reason, the counts when they are asked for, and the end marker", async () => {
  await onOllama({ tokens: 3, intervalMs: 20 });
  const { chunks, isEnded } = await chunksOf(await chat({ stream: true, stream_options: { include_usage: true } }));
  expect(isEnded).toBe(true);
  expect(chunks[0]?.choices[0]?.delta).toMatchObject({ role: "assistant" });
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("tok0 tok1 tok2 ");
  expect(chunks.at(-2)?.choices[0]).toMatchObject({ delta: {}, finish_reason: "stop" });
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 11, completion_tokens: 3, total_tokens: 14 } });
  const without = await chunksOf(await chat({ stream: true }));
  expect(without.chunks.some(({ usage }) => usage)).toBe(false);
});

test("thoughts come as reasoning_content, whole and streamed", async () => {
  await onOpenai({ tokens: 1, reasoning: "hm hm" });
  const whole = await (await chat({ model: "openai/gpt-5" })).json();
  expect(whole.choices[0].message).toMatchObject({ content: "tok0 ", reasoning_content: "hm hm" });
  const { chunks } = await chunksOf(await chat({ model: "openai/gpt-5", stream: true }));
  expect(chunks.map(({ choices }) => choices[0]?.delta.reasoning_content ?? "").join("")).toBe("hm hm");
});

test("every setting reaches the host in the host's own terms", async () => {
  await onOllama();
  await chat({
    ...{ temperature: 0.3, top_p: 0.9, top_k: 20, max_tokens: 9, stop: "END", seed: 5 },
    ...{ presence_penalty: 0.5, frequency_penalty: -0.5, n: 1, user: "someone", response_format: { type: "text" } },
  });
  expect(upstream.chats[0]?.body).toMatchObject({
    messages: [{ role: "user", content: "Count." }],
    options: {
      ...{ temperature: 0.3, top_p: 0.9, top_k: 20, num_predict: 9, stop: ["END"], seed: 5 },
      ...{ presence_penalty: 0.5, frequency_penalty: -0.5 },
    },
  });
});

test("a model is found without its prefix, and an unknown one is OpenAI's 404", async () => {
  await onOllama();
  expect(await (await chat({ model: "llama3.2:3b" })).json()).toMatchObject({ model });
  expect(await refusal({ model: "gpt-9" })).toMatchObject({
    status: 404,
    code: "model_not_found",
    param: "model",
    type: "invalid_request_error",
  });
});

test("a host that reads OpenAI's body gets parameters that Hearth does not know; any other host's caller is told", async () => {
  await onOpenai();
  const more = { logit_bias: { "50256": -100 }, min_p: 0.1, metadata: { a: "b" }, parallel_tool_calls: false, top_k: 7 };
  const mine = { temperature: 0.5, ...more };
  expect((await chat({ model: "openai/gpt-5", ...mine })).status).toBe(200);
  expect(upstream.chats[0]?.body).toMatchObject({ ...mine, model: "gpt-5", stream: true });
  await hearth.close();
  await upstream.close();

  await onOllama();
  expect(await refusal({ logit_bias: { "1": 1 } })).toMatchObject({ status: 400, code: "unsupported_parameter", param: "logit_bias" });
  expect(await refusal({ logprobs: true })).toMatchObject({ status: 400, code: "unsupported_parameter", param: "logprobs" });
  expect(await refusal({ min_p: 0.1 })).toMatchObject({ status: 400, code: "unknown_parameter", param: "min_p" });
  expect(
    (await chat({ metadata: { a: "b" }, user: "x", logprobs: false, logit_bias: {}, parallel_tool_calls: true, store: null })).status,
  ).toBe(200);
  expect(upstream.chats).toHaveLength(1);
});

test("fields that are wrong are named, as OpenAI names them", async () => {
  await onOllama();
  expect(await refusal({ n: 2 })).toMatchObject({ status: 400, param: "n", type: "invalid_request_error" });
  expect(await refusal({ temperature: 3 })).toMatchObject({ status: 400, param: "temperature" });
  expect(await refusal({ messages: [] })).toMatchObject({ status: 400, param: "messages" });
  expect(await refusal({ messages: [{ role: "wizard", content: "x" }] })).toMatchObject({ status: 400, param: "messages[0].role" });
  expect(await refusal({ tool_choice: "required" })).toMatchObject({ status: 400, param: "tool_choice" });
  expect(await refusal({ messages: [{ role: "tool", tool_call_id: "c", content: "x" }] })).toMatchObject({
    param: "messages[0].tool_call_id",
  });
  const image = { role: "user", content: [{ type: "image_url", image_url: { url: "http://10.0.0.1/secret.png" } }] };
  expect(await refusal({ messages: [image] })).toMatchObject({ code: "invalid_image_url", param: "messages[0].content[0].image_url.url" });
  expect(upstream.chats).toHaveLength(0);
});

test("an image goes to a model that can see, and is refused for one that cannot", async () => {
  await onOllama({
    tokens: 1,
    models: [
      { name: "seer", capabilities: ["completion", "vision"] },
      { name: "blind", capabilities: ["completion"] },
    ],
  });
  const withImage = [
    {
      role: "user",
      content: [
        { type: "text", text: "What is it?" },
        { type: "image_url", image_url: { url: pixel } },
      ],
    },
  ];
  expect((await chat({ model: "seer", messages: withImage })).status).toBe(200);
  expect(upstream.chats[0]?.body.messages).toEqual([{ role: "user", content: "What is it?", images: ["iVBORw0KGgo="] }]);
  expect(await refusal({ model: "blind", messages: withImage })).toMatchObject({ status: 400, code: "unsupported_content" });
  expect(await refusal({ model: "blind", tools: [weather] })).toMatchObject({ status: 400, code: "unsupported_parameter", param: "tools" });
});

test("a tool is called, its arguments streamed under one index, and its result goes back under its name", async () => {
  await onOpenai({ tokens: 2, toolCalls: [{ id: "c1", name: "weather", input: { city: "Bern" } }] });
  const response = await chat({ model: "openai/gpt-5", stream: true, tools: [weather], tool_choice: "required" });
  const { chunks } = await chunksOf(response);
  const deltas = chunks.flatMap(
    ({ choices }) =>
      (choices[0]?.delta.tool_calls ?? []) as { index: number; id?: string; function: { name?: string; arguments: string } }[],
  );
  expect(deltas[0]).toMatchObject({ index: 0, id: "c1", type: "function", function: { name: "weather" } });
  expect(deltas.every(({ index }) => index === 0)).toBe(true);
  expect(deltas.map((delta) => delta.function.arguments).join("")).toBe('{"city":"Bern"}');
  expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("tool_calls");
  expect(upstream.chats[0]?.body).toMatchObject({ tool_choice: "required", tools: [{ function: { name: "weather" } }] });

  const call = { id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Bern"}' } };
  const history = [
    ...messages,
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "c1", content: "Snow" },
  ];
  expect((await chat({ model: "openai/gpt-5", messages: history })).status).toBe(200);
  expect(upstream.chats[1]?.body.messages).toEqual([
    { role: "user", content: "Count." },
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "c1", content: "Snow" },
  ]);
});

test("Ollama is shown only the chosen tool, and is asked once more when it calls none", async () => {
  await onOllama({ tokens: 1 });
  const other = { type: "function", function: { name: "other" } };
  const body = { tools: [weather, other], tool_choice: { type: "function", function: { name: "weather" } } };
  const failed = await refusal(body);
  expect(failed).toMatchObject({ status: 503, code: "bad_reply", type: "server_error" });
  expect(upstream.chats).toHaveLength(2);
  expect(upstream.chats[0]?.body.tools).toMatchObject([{ function: { name: "weather" } }]);
  await upstream.behave({ toolCalls: [{ name: "weather", input: {} }] });
  const answer = await (await chat(body)).json();
  expect(answer.choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: { content: null, tool_calls: [{ function: { name: "weather", arguments: "{}" } }] },
  });
});

const point = { type: "object", properties: { x: { type: "integer" } }, required: ["x"], additionalProperties: false };
const asPoint = { response_format: { type: "json_schema", json_schema: { name: "point", schema: point, strict: true } } };

test("a schema goes to hosts that hold the model to one", async () => {
  await onOllama({ tokens: 1, reply: '{"x":1}' });
  expect(await (await chat(asPoint)).json()).toMatchObject({ choices: [{ message: { content: '{"x":1}' } }] });
  expect(upstream.chats[0]?.body.format).toEqual(point);
  await chat({ response_format: { type: "json_object" } });
  expect(upstream.chats[1]?.body.format).toBe("json");
  await hearth.close();
  await upstream.close();
  await onOpenai({ tokens: 1, reply: '{"x":1}' });
  await chat({ model: "openai/gpt-5", ...asPoint });
  expect(upstream.chats[0]?.body.response_format).toMatchObject({ type: "json_schema", json_schema: { name: "point", schema: point } });
});

test("JSON that does not fit its schema is asked for once more with the fault told, and then is an error", async () => {
  await onOllama({ tokens: 1, nextReplies: ['{"x":"one"}', '{"x":1}'] });
  expect(await (await chat(asPoint)).json()).toMatchObject({ choices: [{ message: { content: '{"x":1}' } }] });
  const again = upstream.chats[1]?.body.messages as { role: string; content: string }[];
  expect(again.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  expect(again[2]?.content).toMatch(/x: .*expected/i);
  await upstream.behave({ nextReplies: ["no", "neither"] });
  expect(await refusal(asPoint)).toMatchObject({ status: 503, code: "bad_reply", message: expect.stringContaining("two tries") });
  expect(upstream.chats).toHaveLength(4);
});

test("a stream from a host that is not held to the schema waits for a reply that fits", async () => {
  upstream = await fakeAnthropic({ nextReplies: ["not json", '{"x":1}'] });
  hearth = await openaiHearth({ ANTHROPIC_BASE_URL: upstream.url, ANTHROPIC_API_KEY: "sk-ant" });
  const response = await chat({ model: "anthropic/claude-sonnet-4-5", stream: true, response_format: { type: "json_object" } });
  const { chunks, isEnded } = await chunksOf(response);
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe('{"x":1}');
  expect(isEnded).toBe(true);
});

test.each([
  ["no-model", 404, "model_not_found"],
  ["context-too-long", 400, "context_length_exceeded"],
  ["rate-limit", 503, "overloaded"],
  ["server-error", 503, "crashed"],
  ["error-under-200", 503, "crashed"],
  ["garbage", 503, "bad_reply"],
  ["empty", 503, "bad_reply"],
] as const)(
  "a host that fails with %s before its first word is an error with status %d, also when a stream was asked for",
  async (misbehave, status, code) => {
    await onOllama({ misbehave });
    expect(await refusal({})).toMatchObject({ status, code });
    expect(await refusal({ stream: true })).toMatchObject({ status, code });
  },
);

test("a failure in the middle of a stream is told as an event, after what came, and the end marker stays away", async () => {
  await onOllama({ tokens: 4, misbehave: "error-mid-stream" });
  const response = await chat({ stream: true });
  expect(response.status).toBe(200);
  const { chunks, isEnded } = await chunksOf(response);
  expect(chunks.map(({ choices }) => choices?.[0]?.delta.content ?? "").join("")).toBe("tok0 tok1 ");
  expect(chunks.at(-1)).toMatchObject({
    error: { type: "server_error", code: "broke_off", message: expect.stringContaining("CUDA out of memory") },
  });
  expect(isEnded).toBe(false);
});

test.each([true, false])("a client that goes away closes the connection to the host (stream: %s)", async (stream) => {
  await onOllama({ tokens: 500, intervalMs: 10 });
  const client = new AbortController();
  const response = hearth.call("/chat/completions", { model, messages, stream }, { signal: client.signal });
  response.catch(() => {});
  await upstream.afterTokens(3);
  client.abort();
  expect(await upstream.closedByClient(1_000)).toBe(true);
  await expect.poll(() => flushCalls().then(() => db().select().from(calls))).toMatchObject([{ outcome: "stopped" }]);
});

test("a body of 15 MiB is taken, one of more than 20 MiB is refused in OpenAI's shape", async () => {
  await onOpenai();
  const image = (bytes: number) => ({
    role: "user",
    content: [{ type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(bytes)}` } }],
  });
  expect((await chat({ model: "openai/gpt-5", messages: [image(15 * 1024 * 1024)] })).status).toBe(200);
  expect(await refusal({ model: "openai/gpt-5", messages: [image(21 * 1024 * 1024)] })).toMatchObject({
    status: 413,
    code: "request_too_large",
  });
});

test("log probabilities come through as the host tells them, with their words", async () => {
  await onOpenai({ tokens: 2 });
  await upstream.behave({ withLogprobs: true });
  const body = { model: "openai/gpt-5", logprobs: true, top_logprobs: 2 };
  const answer = await (await chat(body)).json();
  expect(answer.choices[0].logprobs.content).toMatchObject([{ token: "tok0 " }, { token: "tok1 " }]);
  expect(upstream.chats[0]?.body).toMatchObject({ logprobs: true, top_logprobs: 2 });
  const { chunks } = await chunksOf(await chat({ ...body, stream: true }));
  const told = chunks.filter(({ choices }) => choices[0]?.logprobs).map(({ choices }) => choices[0]);
  expect(told).toMatchObject([
    { delta: { content: "tok0 " }, logprobs: { content: [{ token: "tok0 " }] } },
    { delta: { content: "tok1 " }, logprobs: { content: [{ token: "tok1 " }] } },
  ]);
});
