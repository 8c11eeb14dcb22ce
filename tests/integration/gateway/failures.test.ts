import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ModelFailure } from "@/lib/core/errors";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { closeAgents } from "@/lib/gateway/host-agents";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";
import type { Misbehaviour } from "../../support/fake-protocol";
import { ask, bootGateway, setHosts } from "../../support/gateway";
import { everyHostKind } from "../../support/host-kinds";

const limits = {
  HEARTH_CONNECT_TIMEOUT_MS: "1000",
  HEARTH_FIRST_TOKEN_TIMEOUT_MS: "300",
  HEARTH_COLD_LOAD_TIMEOUT_MS: "900",
  HEARTH_IDLE_TIMEOUT_MS: "250",
  HEARTH_REPLY_TIMEOUT_MS: "3000",
};

const before: [Misbehaviour, ModelFailure, RegExp][] = [
  ["refuse", "host_refused", /refuses connections|closed the connection without an answer/],
  ["reject-key", "key_rejected", /rejected the key \(status 401\)/],
  ["no-model", "model_not_installed", /does not have the model/],
  ["rate-limit", "overloaded", /too busy .* \(status 429\)/],
  ["server-error", "crashed", /failed inside .* internal failure/],
  ["unavailable", "overloaded", /too busy .* \(status 503\)/],
  ["context-too-long", "context_too_long", /longer than .* can take/],
  ["bad-request", "bad_request", /did not accept the request .* \(status 400\).* temperature must be at most 2/],
  ["hang-before-headers", "timed_out", /sent nothing within 300 ms/],
  ["hang-after-headers", "timed_out", /sent nothing within 300 ms/],
  ["error-under-200", "crashed", /model runner has unexpectedly stopped/],
  ["empty", "bad_reply", /without a word/],
  ["endless-line", "bad_reply", /line longer than 1 MiB/],
  ["huge-chunk", "bad_reply", /line longer than 1 MiB/],
  ["wrong-content-type", "bad_reply", /text\/html in place of a reply/],
  ["redirect", "bad_reply", /sends callers elsewhere \(status 302\)/],
  ["error-as-json", "overloaded", /too busy .* server busy/],
  ["garbage", "bad_reply", /protocol/],
];

const midway: [Misbehaviour, ModelFailure, RegExp][] = [
  ["silence-mid-stream", "timed_out", /fell silent in mid-reply/],
  ["drop-mid-stream", "broke_off", /broke in the middle/],
  ["error-mid-stream", "broke_off", /CUDA out of memory/],
];

describe.each(everyHostKind)("$kind", ({ fake, id, environment }) => {
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  let upstream: FakeHost;
  beforeAll(async () => {
    gateway = await bootGateway({});
  });
  beforeEach(async () => {
    upstream = await fake({ tokens: 10 });
    setHosts({ ...environment(upstream.url), ...limits });
    // The list is seen while the host is well, as in life.
    expect(await ask(id)).toMatchObject({ failure: undefined });
  });
  afterEach(async () => {
    await upstream.close();
    await closeAgents();
  });
  afterAll(() => gateway.close());

  test.each(before)("%s becomes %s", async (misbehave, reason, sentence) => {
    await upstream.behave({ misbehave });
    const { failure, text, record, tookMs } = await ask(id);
    expect(failure).toMatchObject({ reason, message: expect.stringMatching(sentence) });
    expect(failure?.message).toContain(new URL(upstream.url).host);
    expect(failure?.message).not.toContain("sk-secret");
    expect(text).toBe("");
    expect(record).toMatchObject({ outcome: "failed", reason });
    expect(tookMs).toBeLessThan(5_000);
  });

  test("a JSON error in place of a stream is read for what it says", async () => {
    const says = "This model's maximum context length is 4096 tokens.";
    await upstream.behave({ misbehave: "error-as-json", says });
    expect(await ask(id)).toMatchObject({ failure: { reason: "context_too_long", message: expect.stringContaining(says) } });
  });

  test.each(midway)("%s keeps what was written and becomes %s", async (misbehave, reason, sentence) => {
    await upstream.behave({ misbehave });
    const { failure, text, record } = await ask(id);
    expect(text).toBe("tok0 tok1 tok2 tok3 tok4 ");
    expect(failure).toMatchObject({ reason, message: expect.stringMatching(sentence) });
    expect(record).toMatchObject({ outcome: "failed", reason, tokensEstimated: true });
    expect(record?.outputTokens).toBeGreaterThan(0);
  });

  test("an end without the end marker is a failure that keeps the text", async () => {
    await upstream.behave({ misbehave: "no-end-marker" });
    const { failure, text } = await ask(id);
    expect(text).toMatch(/^tok0 .*tok9 $/);
    expect(failure).toMatchObject({ reason: "broke_off", message: expect.stringMatching(/without its end marker/) });
  });

  test("a reply that never ends is cut off at a million characters, with the connection closed", async () => {
    await upstream.behave({ misbehave: "never-ending" });
    const { failure, text } = await ask(id);
    expect(failure).toMatchObject({ reason: "bad_reply", message: expect.stringMatching(/longer than 1,000,000 characters/) });
    expect(text.length).toBeGreaterThan(900_000);
    expect(text.length).toBeLessThanOrEqual(1_000_000);
    await expect(upstream.closedByClient()).resolves.toBe(true);
  });

  test("a reply that goes on and on ends at the longest time a reply may take", async () => {
    setHosts({ ...environment(upstream.url), ...limits, HEARTH_REPLY_TIMEOUT_MS: "400" });
    await upstream.behave({ tokens: 10_000, intervalMs: 20 });
    const { failure, text, tookMs } = await ask(id);
    expect(failure).toMatchObject({ reason: "timed_out", message: expect.stringMatching(/still writing after 400 ms/) });
    expect(text).toMatch(/^tok0 tok1 /);
    expect(tookMs).toBeLessThan(5_000);
  });

  test("slow but steady tokens are no silence", async () => {
    await upstream.behave({ tokens: 6, intervalMs: 150 });
    expect(await ask(id)).toMatchObject({ failure: undefined, text: "tok0 tok1 tok2 tok3 tok4 tok5 " });
  });

  test("a stop closes the connection at once and counts as stopped", async () => {
    await upstream.behave({ tokens: 500, intervalMs: 10 });
    const stop = new AbortController();
    const asked = ask(id, { abortSignal: stop.signal }).then(
      () => "ended",
      (error) => error,
    );
    await expect.poll(() => upstream.chats.length).toBe(2);
    await upstream.afterTokens(5);
    stop.abort(new Error("stopped by the reader"));
    await expect(upstream.closedByClient()).resolves.toBe(true);
    expect(await asked).toMatchObject({ message: "stopped by the reader" });
  });

  test("a stop before the first token closes the connection at once", async () => {
    await upstream.behave({ misbehave: "hang-before-headers" });
    const stop = new AbortController();
    const asked = ask(id, { abortSignal: stop.signal }).catch((error) => error);
    await expect.poll(() => upstream.chats.length).toBe(2);
    stop.abort(new Error("stopped"));
    await expect(upstream.closedByClient()).resolves.toBe(true);
    expect(await asked).toMatchObject({ message: "stopped" });
  });

  test("a reader that goes away closes the connection", async () => {
    await upstream.behave({ tokens: 500, intervalMs: 10 });
    const { languageModel } = await import("@/lib/gateway/language-model");
    const { stream } = await languageModel(id, { userId: null, purpose: "chat" }).doStream({
      prompt: [{ role: "user", content: [{ type: "text", text: "Count." }] }],
    });
    await upstream.afterTokens(3);
    await stream.cancel();
    await expect(upstream.closedByClient()).resolves.toBe(true);
  });

  test("a reply that nobody reads makes the host wait, and fills no memory", async () => {
    setHosts({ ...environment(upstream.url), ...limits, HEARTH_IDLE_TIMEOUT_MS: "10000" });
    await upstream.behave({ misbehave: "never-ending" });
    const { languageModel } = await import("@/lib/gateway/language-model");
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Count." }] }];
    const stop = new AbortController();
    const records: unknown[] = [];
    const model = languageModel(id, { userId: null, purpose: "chat", onCall: (record) => records.push(record) });
    await model.doStream({ prompt, abortSignal: stop.signal });
    await sleep(600);
    const sent = upstream.tokensSent;
    await sleep(300);
    expect(upstream.tokensSent).toBe(sent);
    // What is held is what the sockets of both sides take and a quarter of a megabyte of ours.
    expect(sent * 16 * 1024).toBeLessThan(24 * 1024 * 1024);
    stop.abort();
    await expect(upstream.closedByClient()).resolves.toBe(true);
    await expect.poll(() => records).toEqual([expect.objectContaining({ outcome: "stopped" })]);
  });

  test("after a failure the next call finds the host well again", async () => {
    await upstream.behave({ misbehave: "drop-mid-stream" });
    expect(await ask(id)).toMatchObject({ failure: { reason: "broke_off" } });
    await upstream.behave({ misbehave: undefined });
    expect(await ask(id)).toMatchObject({ failure: undefined });
  });

  test("no timer is left when calls are over, however they ended", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const { flushCalls } = await import("@/lib/monitoring/calls/save-call");
    await flushCalls();
    const start = timers();
    for (const misbehave of ["drop-mid-stream", "reject-key", "empty", undefined] as const) {
      await upstream.behave({ misbehave });
      for (let call = 0; call < 3; call += 1) await ask(id);
    }
    await flushCalls();
    // One may be that of the next look at the hosts.
    await expect.poll(timers, { timeout: 10_000 }).toBeLessThanOrEqual(start + 1);
  });
});

test("what a failing host says is shown in one line and without the key", async () => {
  const gateway = await bootGateway({});
  const upstream = await fakeOpenai({ misbehave: "reject-key" });
  setHosts({ OPENAI_BASE_URL: upstream.url, OPENAI_API_KEY: "provided" });
  const { failure } = await ask("openai/gpt-5");
  expect(failure?.message).toContain("Incorrect API key [key]");
  expect(failure?.message).not.toContain("\n");
  await upstream.close();
  await gateway.close();
  clearProcessGlobal("gateway");
});

test("a cold Ollama model gets the time to load before its first token", async () => {
  const gateway = await bootGateway({});
  const upstream = await fakeOllama({
    tokens: 2,
    intervalMs: 450,
    models: [
      { name: "cold:1b", loaded: false },
      { name: "warm:1b", loaded: true },
    ],
  });
  setHosts({ OLLAMA_BASE_URL: upstream.url, ...limits, HEARTH_IDLE_TIMEOUT_MS: "2000" });
  expect(await ask("ollama/cold:1b")).toMatchObject({ failure: undefined, text: "tok0 tok1 " });
  expect(await ask("ollama/warm:1b")).toMatchObject({ failure: { reason: "timed_out" } });
  await upstream.close();
  await gateway.close();
});
