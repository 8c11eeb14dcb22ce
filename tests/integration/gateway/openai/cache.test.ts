import { afterEach, beforeEach, expect, test } from "vitest";
import { bearer } from "@/tests/support/accounts";
import { madeKey } from "@/tests/support/api-keys";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { openaiHearth } from "@/tests/support/openai-hearth";

const model = "ollama/llama3.2:3b";
const models = [
  { name: "llama3.2:3b", loaded: true },
  { name: "embedder:latest", capabilities: ["embedding"], contextLength: 512, loaded: true },
];

let host: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
beforeEach(async () => {
  host = await fakeOllama({ tokens: 3, models, vectors: (texts) => texts.map(() => [1, 0]) });
  hearth = await openaiHearth({ OLLAMA_BASE_URL: host.url });
});
afterEach(async () => {
  await hearth.close();
  await host.close();
});

async function chat(question: string, { headers, ...body }: { headers?: Record<string, string> } & Record<string, unknown> = {}) {
  const request = { model, messages: [{ role: "user", content: question }], temperature: 0, ...body };
  const response = await hearth.call("/chat/completions", request, { headers });
  const text = await response.text();
  return { status: response.status, cache: response.headers.get("x-hearth-cache"), headers: response.headers, text };
}
const contentOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)).choices[0]?.delta.content ?? "")
    .join("");

test("an answer says whether it was kept; one that was costs no call, whole or as a stream, with the same counts", async () => {
  const first = await chat("Why?");
  const again = await chat("Why?");
  expect([first.cache, again.cache, again.headers.get("x-hearth-attempts")]).toEqual(["miss", "hit", "0"]);
  const { choices, usage } = JSON.parse(again.text);
  expect({ choices, usage }).toEqual({ choices: JSON.parse(first.text).choices, usage: JSON.parse(first.text).usage });
  const streamed = await chat("Why?", { stream: true, stream_options: { include_usage: true } });
  expect(streamed.cache).toBe("hit");
  expect(contentOf(streamed.text)).toBe("tok0 tok1 tok2 ");
  expect(streamed.text).toContain('"completion_tokens":3');
  expect(streamed.text.trim()).toMatch(/data: \[DONE\]$/);
  const response = await hearth.call("/responses", { model, input: "Why?", temperature: 0 });
  expect(response.headers.get("x-hearth-cache")).toBe("hit");
  expect(host.chats).toHaveLength(1);
});

test("a request that wants no kept answer gets a fresh one", async () => {
  await chat("Why?");
  expect((await chat("Why?", { headers: { "cache-control": "max-age=0, No-Cache" } })).cache).toBe("miss");
  expect((await chat("Why?", { temperature: 0.5 })).cache).toBe("off");
  expect(host.chats).toHaveLength(3);
});

test("the answer to a similar question names that question, and is given to no key that did not ask for such", async () => {
  const similar = bearer((await madeKey(hearth.apiKey, { cache: "similar" })).key);
  const question = `Où est “Zürich”? ${"very ".repeat(100)}`;
  await chat(question, { headers: similar });
  const found = await chat("Another", { headers: similar });
  expect(found.cache).toBe("hit");
  expect(decodeURIComponent(found.headers.get("x-hearth-cache-question") ?? "")).toBe(`${question.slice(0, 200)}…`);
  const exact = await chat(question, { headers: similar });
  expect([exact.cache, exact.headers.get("x-hearth-cache-question")]).toEqual(["hit", null]);
  const strict = await chat("A third", { headers: bearer((await madeKey(hearth.apiKey, { cache: "always" })).key) });
  expect([strict.cache, strict.headers.get("x-hearth-cache-question")]).toEqual(["miss", null]);
});

test("a kept reply that is not what the request wants keeps no model from another try", async () => {
  await host.behave({ nextReplies: ["no JSON", "none either"] });
  const wanted = { response_format: { type: "json_object" } };
  expect((await chat("Why?", wanted)).status).toBe(503);
  await host.behave({ nextReplies: ['{"a":1}'] });
  const again = await chat("Why?", wanted);
  expect(again.status).toBe(200);
  expect(JSON.parse(again.text).choices[0].message.content).toBe('{"a":1}');
  expect((await chat("Why?", wanted)).cache).toBe("hit");
  expect(host.chats).toHaveLength(3);
});
