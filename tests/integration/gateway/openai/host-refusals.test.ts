import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { openaiHearth } from "@/tests/support/openai-hearth";

const messages = [{ role: "user", content: "Count." }];

let ollama: FakeHost;
let openai: FakeHost;
let hearth: Awaited<ReturnType<typeof openaiHearth>>;
beforeAll(async () => {
  [ollama, openai] = await Promise.all([fakeOllama({ tokens: 3 }), fakeOpenai({ tokens: 3 })]);
  hearth = await openaiHearth({ OLLAMA_BASE_URL: ollama.url, OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_API_KEY: "sk-test" });
});
afterEach(() => Promise.all([ollama, openai].map((host) => host.behave({ misbehave: undefined, retryAfter: undefined }))));
afterAll(async () => {
  await hearth.close();
  await Promise.all([ollama.close(), openai.close()]);
});

const asks: [name: string, path: string, body: object][] = [
  ["a completion of Ollama", "/chat/completions", { model: "ollama/llama3.2:3b", messages }],
  ["a completion of OpenAI", "/chat/completions", { model: "openai/gpt-5", messages }],
  ["a stream", "/chat/completions", { model: "openai/gpt-5", messages, stream: true }],
  ["a response", "/responses", { model: "openai/gpt-5", input: "Count." }],
  ["embeddings", "/embeddings", { model: "openai/text-embedding-3-small", input: "Count." }],
];

test.each(asks)(
  "what a host finds wrong with %s is the caller's 400, in OpenAI's shape and the host's words",
  async (_name, path, body) => {
    await Promise.all([ollama, openai].map((host) => host.behave({ misbehave: "bad-request" })));
    const asked = () => [...ollama.requests, ...openai.requests].filter((request) => /chat|embed/.test(request.path)).length;
    const before = asked();
    const response = await hearth.call(path, body);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringMatching(/did not accept the request for .* \(status 400\)\. It said: temperature must be at most 2\./),
        type: "invalid_request_error",
        param: null,
        code: null,
      },
    });
    // The same request would fail the same way: it is not sent a second time.
    expect(asked() - before).toBe(1);
    await Promise.all([ollama, openai].map((host) => host.behave({ misbehave: undefined })));
    expect((await hearth.call(path, body)).status).toBe(200);
  },
);

test.each(asks)(
  "%s that the provider's rules for content forbid is 400 content_filter, which no client tries again",
  async (_name, path, body) => {
    await Promise.all([ollama, openai].map((host) => host.behave({ misbehave: "refuses-prompt" })));
    const response = await hearth.call(path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { message: expect.stringContaining("rules for content"), type: "invalid_request_error", param: null, code: "content_filter" },
    });
  },
);

test("a reply that ends without a word for its content is 400 too, and one that is cut short says so", async () => {
  await openai.behave({ misbehave: "refuses-by-policy" });
  for (const stream of [false, true]) {
    const response = await hearth.call("/chat/completions", { model: "openai/gpt-5", messages, stream });
    expect([response.status, (await response.json()).error.code]).toEqual([400, "content_filter"]);
  }
  await openai.behave({ misbehave: undefined, finishReason: "content-filter" });
  const whole = await hearth.call("/chat/completions", { model: "openai/gpt-5", messages });
  expect((await whole.json()).choices).toMatchObject([{ finish_reason: "content_filter", message: { content: "tok0 tok1 tok2 " } }]);
  const streamed = await hearth.call("/chat/completions", { model: "openai/gpt-5", messages, stream: true });
  expect(await streamed.text()).toContain('"finish_reason":"content_filter"');
  const response = await hearth.call("/responses", { model: "openai/gpt-5", input: "Count." });
  expect(await response.json()).toMatchObject({ status: "incomplete", incomplete_details: { reason: "content_filter" } });
  await openai.behave({ finishReason: undefined });
});

test("a host that is too busy and says until when is 503 with its Retry-After", async () => {
  await openai.behave({ misbehave: "rate-limit", retryAfter: "60" });
  const response = await hearth.call("/chat/completions", { model: "openai/gpt-5", messages });
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "60"]);
  expect(await response.json()).toMatchObject({ error: { type: "server_error", code: "overloaded" } });
});
