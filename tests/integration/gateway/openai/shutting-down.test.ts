import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/db/database";
import { calls } from "@/db/schema/gateway";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { finishCalls } from "@/lib/gateway/openai/open-calls";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { chunksOf, model, onHost } from "@/tests/support/on-host";

const patience = vi.hoisted(() => ({ share: 1 }));
vi.mock(import("node:timers/promises"), async (original) => {
  const real = await original();
  return { ...real, setTimeout: ((ms: number, ...rest: []) => real.setTimeout(ms * patience.share, ...rest)) as typeof real.setTimeout };
});

const on = onHost();
afterEach(() => clearProcessGlobal("openai-calls"));

/** A stream and a whole reply, both begun. */
async function begunCalls() {
  const stream = await on.chat({ stream: true });
  const whole = on.chat({});
  await expect.poll(() => on.upstream.chats.length).toBe(2);
  return { stream, whole };
}

test("replies under way are finished, whole ones and streams, and no new one begins", async () => {
  await on.ollama({ tokens: 100, intervalMs: 5 });
  const { stream, whole } = await begunCalls();
  const finished = finishCalls();
  for (const [path, body] of [
    ["/chat/completions", { messages: [{ role: "user", content: "More?" }] }],
    ["/responses", { input: "More?", stream: true }],
    ["/embeddings", { input: "More?" }],
  ] as const) {
    const refused = await on.hearth.call(path, { model, ...body });
    expect(refused.status, path).toBe(503);
    expect(await refused.json()).toMatchObject({ error: { type: "server_error", code: "shutting_down" } });
  }
  expect((await chunksOf(stream)).isEnded).toBe(true);
  expect(await (await whole).json()).toMatchObject({ choices: [{ finish_reason: "stop" }] });
  await finished;
});

test("those that take too long are told that they are cut off, their hosts are left, and each has its record", async () => {
  await on.ollama({ tokens: 100_000, intervalMs: 5 });
  const { stream, whole } = await begunCalls();
  patience.share = 0.02;
  const text = stream.text();
  await finishCalls();
  expect(await text).toMatch(/"code":"shutting_down"\}\}\n\n$/);
  expect((await whole).status).toBe(503);
  expect(await on.upstream.closedByClient(1_000)).toBe(true);
  await flushCalls();
  expect(await db().select().from(calls)).toMatchObject([{ outcome: "stopped" }, { outcome: "stopped" }]);
});
