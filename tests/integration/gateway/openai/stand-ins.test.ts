import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { modelSettings } from "@/db/schema/gateway";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { fakeAnthropic } from "@/tests/support/fake-anthropic";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { calm } from "@/tests/support/node-client";
import { messages, weather } from "@/tests/support/on-host";
import { openaiHearth } from "@/tests/support/openai-hearth";

const gpt = "openai/gpt-5";
const claude = "anthropic/claude-sonnet-4-5";
const plain = "ollama/plain:1b";
const handy = "ollama/handy:1b";
const seer = "ollama/seer:1b";
const look = { role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } }] };
const point = { type: "object", properties: { x: { type: "integer" } }, required: ["x"] };
const asPoint = { response_format: { type: "json_schema", json_schema: { name: "point", schema: point, strict: true } } };
const other = { type: "function", function: { name: "other" } };

let ollama: FakeHost;
let openai: FakeHost;
let anthropic: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
beforeAll(async () => {
  const contextLength = 131_072;
  const models = [
    { name: "plain:1b", capabilities: ["completion"], contextLength, loaded: true },
    { name: "handy:1b", capabilities: ["completion", "tools"], contextLength, loaded: true },
    { name: "seer:1b", capabilities: ["completion", "vision"], contextLength, loaded: true },
  ];
  [ollama, openai, anthropic] = await Promise.all([fakeOllama({ models }), fakeOpenai(), fakeAnthropic()]);
  hearth = await openaiHearth({
    ...{ OLLAMA_BASE_URL: ollama.url, OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_API_KEY: "sk-test" },
    ...{ ANTHROPIC_BASE_URL: anthropic.url, ANTHROPIC_API_KEY: "sk-ant" },
  });
});
beforeEach(async () => {
  for (const host of [ollama, openai, anthropic]) {
    await host.behave(calm);
    host.requests.length = 0;
  }
  await openai.behave({ misbehave: "reject-key" });
});
afterAll(async () => {
  await hearth.close();
  await Promise.all([ollama, openai, anthropic].map((host) => host.close()));
});

async function fallBack(modelId: string, fallbacks: string[]): Promise<void> {
  await db().delete(modelSettings);
  await db().insert(modelSettings).values({ modelId, fallbacks });
  await loadModelSettings();
}

async function ask(body: object) {
  const response = await hearth.call("/chat/completions", { model: gpt, messages, ...body });
  return { status: response.status, by: response.headers.get("x-hearth-model"), text: await response.text() };
}
const askedModels = () => ollama.chats.map(({ body }) => body.model);

describe("a model that cannot answer is stood in for only by one that takes all of the request:", () => {
  test.each<[string, object, string[], string]>([
    ["images", { messages: [look] }, [plain, handy, seer], seer],
    ["images in a stream", { messages: [look], stream: true }, [plain, seer], seer],
    ["tools", { tools: [weather] }, [plain, handy], handy],
    ["a seed", { seed: 5 }, [claude, plain], plain],
    ["a penalty", { presence_penalty: 0.5, stream: true }, [claude, plain], plain],
    ["one tool at a time", { tools: [weather], parallel_tool_calls: false }, [handy, claude], claude],
    ["a form that a stream is held to", { ...asPoint, stream: true }, [claude, plain], plain],
    ["everything that any takes", { temperature: 0.5, user: "u" }, [claude, plain], claude],
  ])("%s", async (_, body, fallbacks, model) => {
    await fallBack(gpt, fallbacks);
    expect(await ask(body)).toMatchObject({ status: 200, by: model });
    expect(askedModels()).toEqual(model === claude ? [] : [model.slice("ollama/".length)]);
    expect(anthropic.chats).toHaveLength(model === claude ? 1 : 0);
  });

  test.each<[string, object, string[]]>([
    ["images", { messages: [look] }, [plain]],
    ["what OpenAI alone has", { logit_bias: { "1": 2 } }, [claude, plain]],
    ["a tool that has to be called, in a stream", { tools: [weather], tool_choice: "required", stream: true }, [handy]],
  ])("%s, or its own failure is told", async (_, body, fallbacks) => {
    await fallBack(gpt, fallbacks);
    expect(await ask(body)).toMatchObject({ status: 503, text: expect.stringContaining("key_rejected") });
    expect([...askedModels(), ...anthropic.chats]).toEqual([]);
  });
});

test("a request reaches the model that stands in as if it had been asked of that one", async () => {
  await ollama.behave({ misbehave: "reject-key" });
  await openai.behave({ misbehave: undefined });
  await fallBack(handy, [gpt]);
  const chosen = { type: "function", function: { name: "weather" } };
  const body = { tools: [weather, other], tool_choice: chosen, top_k: 7, user: "u" };
  expect(await ask({ ...body, model: handy })).toMatchObject({ status: 200, by: gpt });
  expect(openai.chats[0]?.body).toMatchObject({ top_k: 7, user: "u", tools: [{}, {}], tool_choice: chosen });
});

test("a whole reply is checked by what the host that gave it leaves open", async () => {
  await fallBack(gpt, [claude]);
  await anthropic.behave({ nextReplies: ['{"x":"1"}', '{"x":1}'] });
  const { by, text } = await ask({ response_format: { type: "json_schema", json_schema: { name: "point", schema: point } } });
  expect({ by, text: JSON.parse(text).choices[0].message.content }).toEqual({ by: claude, text: '{"x":1}' });
  expect(anthropic.chats).toHaveLength(2);
  await fallBack(gpt, [handy]);
  expect(await ask({ tools: [weather], tool_choice: "required" })).toMatchObject({
    status: 503,
    text: expect.stringContaining("did not give what response_format or tool_choice asks for"),
  });
  expect(askedModels()).toEqual(["handy:1b", "handy:1b"]);
});

test("the Responses API's streams are given by such a model too", async () => {
  await fallBack(gpt, [claude, plain]);
  const text = { format: { type: "json_schema", name: "point", schema: point, strict: true } };
  const response = await hearth.call("/responses", { model: gpt, input: "Where?", text, stream: true });
  expect(response.headers.get("x-hearth-model")).toBe(plain);
  expect(await response.text()).toContain("response.completed");
});

test("`auto` chooses among the models that take all of the request, and says what is refused when none that is up does", async () => {
  await fallBack(gpt, []);
  const asked = { model: "auto", messages: [{ role: "user", content: "Prove that there are infinitely many primes." }] };
  expect(await ask(asked)).toMatchObject({ status: 200, by: claude });
  expect(await ask({ ...asked, seed: 5 })).toMatchObject({ status: 200, by: expect.stringMatching(/^ollama/) });
  expect(await ask({ ...asked, tools: [weather], frequency_penalty: 0.5 })).toMatchObject({ status: 200, by: handy });
  expect(await ask({ ...asked, tools: [weather], parallel_tool_calls: false })).toMatchObject({ status: 200, by: claude });
  expect(await ask({ ...asked, logit_bias: { "1": 2 } })).toMatchObject({ status: 400, text: expect.stringContaining("logit_bias") });
});
