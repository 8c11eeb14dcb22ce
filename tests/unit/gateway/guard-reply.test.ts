import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { resetEnv } from "@/lib/core/env";
import { startAttempt } from "@/lib/gateway/attempt";
import { frameMs } from "@/lib/gateway/frame";
import { guardReply } from "@/lib/gateway/guard-reply";
import { openaiWire } from "@/lib/gateway/wire/openai";

const said = (content: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
const end = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`;

/** A guarded reply whose bytes the test writes. */
function guarded(isRead = true) {
  const upstream = { id: "u", name: "host", kind: "openai-compatible", baseUrl: "http://127.0.0.1:1", enabled: true } as never;
  const attempt = startAttempt({ upstream, modelId: "host/model", modelName: "model" }, { mayBeCold: false });
  const body = new PassThrough();
  const stream = guardReply(body, openaiWire, attempt);
  return { attempt, body, stream, read: isRead ? new Response(stream).text() : Promise.resolve("") };
}

test("words that come together go on together, in the protocol's own form, and nothing is lost", async () => {
  const { body, read, attempt } = guarded();
  body.write(said("a") + said("b"));
  body.write(said("c"));
  body.end(said("d") + end);
  expect(await read).toBe(said("ab") + said("cd") + end);
  expect(attempt.failure).toBeUndefined();
});

test("what came before a breach goes on, and what comes after it does not", async () => {
  const { body, read, attempt } = guarded();
  body.write(`${said("a")}data: no JSON\n\n${said("b")}`);
  expect(await read).toBe(said("a"));
  expect(attempt.failure).toMatchObject({ reason: "bad_reply" });
});

test("a connection that closes in mid-reply has broken off; after the end marker it has not", async () => {
  const broken = guarded();
  broken.body.write(said("a"));
  setTimeout(() => broken.body.destroy(), 20);
  expect(await broken.read).toBe(said("a"));
  expect(broken.attempt.failure).toMatchObject({ reason: "broke_off" });

  const whole = guarded();
  whole.body.write(said("a") + end);
  setTimeout(() => whole.body.destroy(), 20);
  expect(await whole.read).toBe(said("a") + end);
  expect(whole.attempt.failure).toBeUndefined();
});

test("a reply is whole with its last event, however long the connection stays open after it", async () => {
  const { body, read, attempt } = guarded();
  const startedAt = performance.now();
  body.write(said("a") + end);
  expect(await read).toBe(said("a") + end);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(attempt.failure).toBeUndefined();
  // What a host still sends is let go, and then its connection.
  body.write(said("b"));
  await expect.poll(() => body.destroyed, { timeout: 5_000 }).toBe(true);
});

test("silence after the end marker, before a last event that does not come, is no failure of the reply", async () => {
  process.env.HEARTH_IDLE_TIMEOUT_MS = "50";
  resetEnv();
  const finished = end.replace("data: [DONE]\n\n", "");
  const { body, read, attempt } = guarded();
  body.write(said("a") + finished);
  expect(await read).toBe(said("a") + finished);
  expect(attempt.failure).toBeUndefined();
  delete process.env.HEARTH_IDLE_TIMEOUT_MS;
  resetEnv();
});

test("with many replies at once words wait longer for each other, the first ones of a reply never, and after them it is as before", async () => {
  expect(frameMs()).toBe(16);
  const others = Array.from({ length: 159 }, () => guarded());
  const { body, read } = guarded();
  expect(frameMs()).toBe(80);
  body.write(said("a"));
  // Longer than a frame of a reply alone, and far from the end of this one on a busy machine too.
  await sleep(20);
  body.write(said("b"));
  await sleep(1);
  body.end(said("c") + end);
  expect(await read).toBe(said("a") + said("bc") + end);
  for (const other of others) other.body.end(said("x") + end);
  await Promise.all(others.map((other) => other.read));
  expect(frameMs()).toBe(16);
});

test("the longest frame is a tenth of a second, and a reply that nobody reads on is counted no more", async () => {
  const streams = Array.from({ length: 300 }, () => guarded(false).stream);
  expect(frameMs()).toBe(100);
  await Promise.all(streams.map((stream) => stream.cancel()));
  expect(frameMs()).toBe(16);
});
