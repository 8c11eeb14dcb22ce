import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { modelRunner } from "@/lib/gateway/embedded/model-runner";
import { runtime } from "@/lib/gateway/embedded/runtime";
import { embed } from "@/lib/gateway/embeddings/embed";
import { modelLineOf } from "@/lib/gateway/queue/model-line";
import { ask, bootGateway } from "../../../support/gateway";

const script = path.resolve(import.meta.dirname, "../../../fixtures/embedded/takes-its-time.mjs");
const id = "local/slow";
const context = { userId: null, purpose: "embedding" as const };

let gateway: Awaited<ReturnType<typeof bootGateway>>;
beforeAll(async () => {
  gateway = await bootGateway({
    OLLAMA_BASE_URL: "http://127.0.0.1:47999",
    // Not "off", so that there is such a host; what it runs is said below.
    HEARTH_LOCAL_MODEL: script,
    HEARTH_COLD_LOAD_TIMEOUT_MS: "700",
    HEARTH_REPLY_TIMEOUT_MS: "700",
    HEARTH_IDLE_TIMEOUT_MS: "700",
  });
  const { runners } = runtime();
  runtime().active = {
    name: "slow",
    label: "Slow",
    file: "slow",
    sizeBytes: 1,
    contextLength: 2_048,
    sampling: { temperature: 0, topP: 1 },
    source: "data-folder",
  };
  runners.set("slow", modelRunner({ script, file: "slow", threads: 1, maxContextTokens: 2_048, startTimeoutMs: 10_000, idleMs: 60_000 }));
  // The process's own start is not what the limits are about here.
  await runners.get("slow")?.run({ kind: "embed", request: { texts: ["x"] } });
});
afterAll(() => gateway.close());

test("a call that waits behind others longer than any time limit is answered when its turn comes", async () => {
  const startedAt = performance.now();
  const before = [1, 2, 3, 4].map((text) => embed(id, [String(text)], context));
  await expect.poll(() => modelLineOf(id).waiting.size).toBe(3);
  const chat = ask(id, { prompt: "Hello" });
  const after = embed(id, ["last"], context);
  expect((await Promise.all(before)).map(({ vectors }) => vectors)).toEqual(Array(4).fill([[1, 0]]));
  expect(performance.now() - startedAt).toBeGreaterThan(1_000);
  expect(await chat).toMatchObject({ failure: undefined, text: "Here I am." });
  expect((await after).vectors).toEqual([[1, 0]]);
});

test("a call whose turn has come has no longer than any other", async () => {
  const before = embed(id, ["x"], context);
  const { failure } = await ask(id, { prompt: "5000" });
  expect(failure).toMatchObject({ reason: "timed_out", message: expect.stringContaining("sent nothing within 700 ms") });
  await before;
});

test("a call that is given up while it waits ends at once, and those around it are answered", async () => {
  const stop = new AbortController();
  const before = embed(id, ["x"], context);
  const waiting = embed(id, ["y"], context, { signal: stop.signal });
  const after = embed(id, ["z"], context);
  await expect.poll(() => modelLineOf(id).waiting.size).toBe(2);
  stop.abort(new Error("given up"));
  await expect(waiting).rejects.toThrow("given up");
  expect((await Promise.all([before, after])).map(({ inputTokens }) => inputTokens)).toEqual([1, 1]);
});
