import { expect, test } from "vitest";
import { db } from "@/db/database";
import { calls } from "@/db/schema/gateway";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { chunksOf, model, onHost } from "@/tests/support/on-host";

const on = onHost();

test("a whole answer has OpenAI's shape, says who gave it, and is one row of the caller's calls", async () => {
  await on.ollama();
  const response = await on.chat({});
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
  await on.ollama({ tokens: 3, intervalMs: 20 });
  const { chunks, isEnded } = await chunksOf(await on.chat({ stream: true, stream_options: { include_usage: true } }));
  expect(isEnded).toBe(true);
  expect(chunks[0]?.choices[0]?.delta).toMatchObject({ role: "assistant" });
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("tok0 tok1 tok2 ");
  expect(chunks.at(-2)?.choices[0]).toMatchObject({ delta: {}, finish_reason: "stop" });
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 11, completion_tokens: 3, total_tokens: 14 } });
  const without = await chunksOf(await on.chat({ stream: true }));
  expect(without.chunks.some(({ usage }) => usage)).toBe(false);
});

test("thoughts come as reasoning_content, whole and streamed", async () => {
  await on.openai({ tokens: 1, reasoning: "hm hm" });
  const whole = await (await on.chat({ model: "openai/gpt-5" })).json();
  expect(whole.choices[0].message).toMatchObject({ content: "tok0 ", reasoning_content: "hm hm" });
  const { chunks } = await chunksOf(await on.chat({ model: "openai/gpt-5", stream: true }));
  expect(chunks.map(({ choices }) => choices[0]?.delta.reasoning_content ?? "").join("")).toBe("hm hm");
});

test("a model is found without its prefix, and an unknown one is OpenAI's 404", async () => {
  await on.ollama();
  expect(await (await on.chat({ model: "llama3.2:3b" })).json()).toMatchObject({ model });
  expect(await on.refusal({ model: "gpt-9" })).toMatchObject({
    status: 404,
    code: "model_not_found",
    param: "model",
    type: "invalid_request_error",
  });
});

test("a body of 15 MiB is taken, one of more than 20 MiB is refused in OpenAI's shape", async () => {
  await on.openai();
  const image = (bytes: number) => ({
    role: "user",
    content: [{ type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(bytes)}` } }],
  });
  expect((await on.chat({ model: "openai/gpt-5", messages: [image(15 * 1024 * 1024)] })).status).toBe(200);
  expect(await on.refusal({ model: "openai/gpt-5", messages: [image(21 * 1024 * 1024)] })).toMatchObject({
    status: 413,
    code: "request_too_large",
  });
});

test.each(["openai/gpt-5", "ollama/llama3.2:3b"])(
  "log probabilities of %s come through as the host tells them, with their words",
  async (model) => {
    await (model.startsWith("openai") ? on.openai({ tokens: 2 }) : on.ollama({ tokens: 2, intervalMs: 40 }));
    await on.upstream.behave({ withLogprobs: true });
    const body = { model, logprobs: true, top_logprobs: 2 };
    const answer = await (await on.chat(body)).json();
    expect(answer.choices[0].logprobs.content).toMatchObject([{ token: "tok0 " }, { token: "tok1 " }]);
    expect(on.upstream.chats[0]?.body).toMatchObject({ logprobs: true, top_logprobs: 2 });
    const { chunks } = await chunksOf(await on.chat({ ...body, stream: true }));
    const told = chunks.filter(({ choices }) => choices[0]?.logprobs).map(({ choices }) => choices[0]);
    expect(told).toMatchObject([
      { delta: { content: "tok0 " }, logprobs: { content: [{ token: "tok0 " }] } },
      { delta: { content: "tok1 " }, logprobs: { content: [{ token: "tok1 " }] } },
    ]);
  },
);

test("Ollama's log probabilities are of OpenAI's form, and none is lost where words are joined", async () => {
  await on.ollama({ tokens: 40 });
  await on.upstream.behave({ withLogprobs: true });
  const { chunks } = await chunksOf(await on.chat({ logprobs: true, top_logprobs: 2, stream: true }));
  const told = chunks.flatMap(({ choices }) => (choices[0]?.logprobs as { content: { token: string }[] } | null)?.content ?? []);
  expect(told.map(({ token }) => token)).toEqual(Array.from({ length: 40 }, (_, at) => `tok${at} `));
  expect(told[0]).toEqual({
    ...{ token: "tok0 ", logprob: -0.1, bytes: null },
    top_logprobs: [
      { token: "tok0 ", logprob: -0.1, bytes: [116, 111, 107, 48, 32] },
      { token: "x", logprob: -2, bytes: null },
    ],
  });
});
