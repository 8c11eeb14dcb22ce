import { afterEach, beforeEach, expect, test } from "vitest";
import { hostSettings, modelSettings } from "@/db/schema/gateway";
import type { CallContext } from "@/lib/gateway/call-record";
import { embed } from "@/lib/gateway/embeddings/embed";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { loadHostSettings } from "@/lib/gateway/host-settings";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { queueStates } from "@/lib/gateway/queue/queue-states";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { bootGateway } from "@/tests/support/gateway";

const id = "ollama/embedder";
const models = [{ name: "embedder:latest", capabilities: ["embedding"], contextLength: 512, loaded: true }];

let host: FakeHost;
let gateway: Awaited<ReturnType<typeof bootGateway>>;
beforeEach(async () => {
  host = await fakeOllama({ models });
  gateway = await bootGateway({ OLLAMA_BASE_URL: host.url });
});
afterEach(async () => {
  await gateway.database.db.delete(hostSettings);
  await gateway.database.db.delete(modelSettings);
  await Promise.all([loadHostSettings(), loadModelSettings()]);
  delete process.env.HEARTH_QUEUE_MAX;
  await gateway.close();
  await host.close();
});

const embedded = () => host.requests.filter(({ path }) => path === "/api/embed");
const ask = (text = "x", more: Partial<CallContext> = {}, signal?: AbortSignal) =>
  embed(id, [text], { userId: null, purpose: "embedding", ...more }, { signal });

async function allowParallel(count: number) {
  await gateway.database.db.insert(hostSettings).values({ hostId: "environment-ollama", maxParallel: count });
  await loadHostSettings();
}

/** Has the host hold every answer back until `open`. */
async function holdAnswers() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const vectors = async (texts: string[]) => {
    await promise;
    return texts.map(({ length }) => [length, 1]);
  };
  await host.behave({ vectors });
  return { open: resolve };
}

test("embeddings wait in the model's line when every place is taken, are told where they stand, and a person's come first", async () => {
  await allowParallel(1);
  const gate = await holdAnswers();
  const positions: number[] = [];
  const order: string[] = [];
  const done = (name: string) => () => void order.push(name);
  const first = ask("1").then(done("first"));
  await expect.poll(() => embedded()).toHaveLength(1);
  const background = ask("2", { onQueue: (position) => positions.push(position) }).then(done("background"));
  await expect.poll(() => queueStates()).toMatchObject([{ running: 1, waiting: 1, limit: 1 }]);
  const person = ask("3", { purpose: "api" }).then(done("person"));
  await expect.poll(() => positions).toEqual([1, 2]);
  expect(embedded()).toHaveLength(1);
  gate.open();
  await Promise.all([first, background, person]);
  expect(order).toEqual(["first", "person", "background"]);
  expect(queueStates()).toMatchObject([{ running: 0, waiting: 0 }]);
});

test("embeddings are refused with the time to wait when the line is full, and one that its caller gives up leaves it", async () => {
  await allowParallel(1);
  process.env.HEARTH_QUEUE_MAX = "1";
  const { resetEnv } = await import("@/lib/core/env");
  resetEnv();
  const gate = await holdAnswers();
  const first = ask();
  await expect.poll(() => embedded()).toHaveLength(1);
  const leave = new AbortController();
  const waiting = ask("x", {}, leave.signal);
  waiting.catch(() => {});
  await expect.poll(() => queueStates()).toMatchObject([{ waiting: 1 }]);
  await expect(ask()).rejects.toMatchObject({ code: "rate_limited", retryAfterS: expect.any(Number) });
  leave.abort(new Error("gone"));
  await expect(waiting).rejects.toThrow("gone");
  expect(queueStates()).toMatchObject([{ running: 1, waiting: 0 }]);
  gate.open();
  await first;
});

test("a host that keeps failing with embeddings is left alone, and one that is back is asked again", async () => {
  await host.behave({ misbehave: "server-error" });
  for (let call = 0; call < 3; call++) await expect(ask()).rejects.toMatchObject({ reason: "crashed" });
  expect(breakerStates()).toMatchObject([{ model: "ollama/embedder:latest", state: "open", reason: expect.stringContaining("failed") }]);
  const before = embedded().length;
  await expect(ask()).rejects.toMatchObject({ reason: "crashed", message: expect.stringContaining("failed repeatedly") });
  expect(embedded()).toHaveLength(before);
  await host.behave({ misbehave: undefined });
  await expect
    .poll(
      () =>
        ask().then(
          () => "answered",
          () => "refused",
        ),
      { timeout: 10_000, interval: 200 },
    )
    .toBe("answered");
  expect(breakerStates()).toMatchObject([{ state: "closed" }]);
});

test("a request that the host finds wrong opens no breaker, and is told in the host's words", async () => {
  await host.behave({ misbehave: "bad-request" });
  for (let call = 0; call < 6; call++)
    await expect(ask()).rejects.toMatchObject({ reason: "bad_request", message: expect.stringContaining("temperature must be") });
  expect(embedded()).toHaveLength(6);
  expect(breakerStates()).toMatchObject([{ state: "closed" }]);
});

test("the only host is asked again after a failure that passes, at most twice", async () => {
  let attempts = 0;
  const asking = ask("x", { onAnswer: (facts) => (attempts = facts.attempts) });
  await asking;
  // A pause of a second in place of one by chance, so that the host is well again in time.
  await host.behave({ misbehave: "unavailable", retryAfter: "1" });
  const again = ask("x", { onAnswer: (facts) => (attempts = facts.attempts) });
  await expect.poll(() => embedded()).toHaveLength(2);
  await host.behave({ misbehave: undefined });
  expect((await again).vectors).toHaveLength(1);
  expect(attempts).toBeGreaterThan(1);
  await host.behave({ misbehave: "unavailable", retryAfter: undefined });
  const before = embedded().length;
  await expect(ask()).rejects.toMatchObject({ reason: "overloaded" });
  expect(embedded().length - before).toBe(3);
});

test("embeddings say how long the model is to stay loaded, as calls for replies do", async () => {
  await gateway.database.db.insert(modelSettings).values({ modelId: "ollama/embedder:latest", keepAlive: "-1" });
  await loadModelSettings();
  await ask();
  expect(embedded()[0]?.body).toEqual({ model: "embedder", input: ["x"], truncate: false, keep_alive: -1 });
});

test("embeddings of a model with a price an hour cost the time that they took", async () => {
  await gateway.database.db.insert(modelSettings).values({ modelId: "ollama/embedder:latest", usdPerHour: 3_600 });
  await loadModelSettings();
  await host.behave({ vectors: (texts) => new Promise((resolve) => setTimeout(() => resolve(texts.map(() => [1])), 100)) });
  let costUsd = 0;
  await ask("x", { onCall: (record) => (costUsd = record.costUsd) });
  expect(costUsd).toBeGreaterThan(0.09);
});
