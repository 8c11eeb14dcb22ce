import { expect, test } from "vitest";
import { db } from "@/db/database";
import { calls } from "@/db/schema/gateway";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { chunksOf, messages, model, onHost } from "@/tests/support/on-host";

const on = onHost();

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
    await on.ollama({ misbehave });
    expect(await on.refusal({})).toMatchObject({ status, code });
    expect(await on.refusal({ stream: true })).toMatchObject({ status, code });
  },
);

test.each([
  ["/chat/completions", { messages }, "ollama/llama3.2:3b"],
  ["/responses", { input: "Count.", stream: true }, "ollama/llama3.2:3b"],
  ["/embeddings", { input: "Count." }, "ollama/llama3.2:3b"],
])("a failure of %s says in its headers who was asked, and how often", async (path, body, name) => {
  await on.ollama({ misbehave: "bad-request" });
  const { status, headers } = await on.hearth.call(path, { model: name, ...body });
  expect(status).toBe(400);
  expect(Object.fromEntries(headers)).toMatchObject({ "x-hearth-upstream": "ollama", "x-hearth-attempts": "1", "x-hearth-cache": "off" });
});

test("a failure in the middle of a stream is told as an event, after what came, and the end marker stays away", async () => {
  await on.ollama({ tokens: 4, misbehave: "error-mid-stream" });
  const response = await on.chat({ stream: true });
  expect(response.status).toBe(200);
  const { chunks, isEnded } = await chunksOf(response);
  expect(chunks.map(({ choices }) => choices?.[0]?.delta.content ?? "").join("")).toBe("tok0 tok1 ");
  expect(chunks.at(-1)).toMatchObject({
    error: { type: "server_error", code: "broke_off", message: expect.stringContaining("CUDA out of memory") },
  });
  expect(isEnded).toBe(false);
});

test.each([true, false])("a client that goes away closes the connection to the host (stream: %s)", async (stream) => {
  await on.ollama({ tokens: 500, intervalMs: 10 });
  const client = new AbortController();
  const response = on.hearth.call("/chat/completions", { model, messages, stream }, { signal: client.signal });
  response.catch(() => {});
  await on.upstream.afterTokens(3);
  client.abort();
  expect(await on.upstream.closedByClient(1_000)).toBe(true);
  await expect.poll(() => flushCalls().then(() => db().select().from(calls))).toMatchObject([{ outcome: "stopped" }]);
});
