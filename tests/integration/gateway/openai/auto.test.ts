import { afterAll, beforeAll, expect, test } from "vitest";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { openaiHearth } from "@/tests/support/openai-hearth";

const pixel = "data:image/png;base64,iVBORw0KGgo=";
const weather = { type: "function", function: { name: "weather", parameters: { type: "object", properties: {} } } };
const code = "Write a Python function that merges two sorted lists.";

let upstream: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
beforeAll(async () => {
  upstream = await fakeOllama({
    tokens: 3,
    models: [
      { name: "qwen2.5-coder:7b", capabilities: ["completion"], contextLength: 32_768 },
      { name: "llama3.2:3b", capabilities: ["completion", "tools"], contextLength: 131_072, loaded: true },
      { name: "llava:7b", capabilities: ["completion", "vision"], contextLength: 32_768 },
    ],
  });
  hearth = await openaiHearth({ OLLAMA_BASE_URL: upstream.url });
});
afterAll(async () => {
  await hearth.close();
  await upstream.close();
});

const image = [
  { type: "text", text: "What is this?" },
  { type: "image_url", image_url: { url: pixel } },
];

test.each<[string, object, string, string]>([
  ["code", { messages: [{ role: "user", content: code }] }, "ollama/qwen2.5-coder:7b", "code → ollama/qwen2.5-coder:7b: made for code"],
  ["an image", { messages: [{ role: "user", content: image }] }, "ollama/llava:7b", "vision → ollama/llava:7b: reads images"],
  ["tools", { messages: [{ role: "user", content: code }], tools: [weather] }, "ollama/llama3.2:3b", "tools → ollama/llama3.2:3b: tools"],
  [
    "a form of JSON",
    { messages: [{ role: "user", content: "Hi" }], stream: true, response_format: { type: "json_object" } },
    "ollama/llama3.2:3b",
    "structured → ollama/llama3.2:3b: JSON",
  ],
])("`auto` asks the model that suits %s, and the answer's headers say which and why", async (_, body, model, why) => {
  const response = await hearth.call("/chat/completions", { model: "auto", ...body });
  await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get("x-hearth-model")).toBe(model);
  expect(decodeURIComponent(response.headers.get("x-hearth-route") ?? "")).toContain(why);
});

test("a model that is named has no such header, and the Responses API knows `auto` too", async () => {
  const named = await hearth.call("/chat/completions", { model: "llama3.2:3b", messages: [{ role: "user", content: code }] });
  expect(named.headers.has("x-hearth-route")).toBe(false);
  const response = await hearth.call("/responses", { model: "auto", input: code });
  expect(await response.json()).toMatchObject({ model: "ollama/qwen2.5-coder:7b" });
});

test.each([false, true])(
  "`auto` goes on to the next best when the chosen model fails before it says anything (stream: %s)",
  async (stream) => {
    await upstream.behave({ misbehaveInTurn: ["no-model", undefined] });
    const response = await hearth.call("/chat/completions", { model: "auto", stream, messages: [{ role: "user", content: code }] });
    expect(await response.text()).toContain("tok0");
    expect(response.headers.get("x-hearth-model")).toBe("ollama/llama3.2:3b");
    await upstream.behave({ misbehaveInTurn: undefined });
  },
);
