import type { calls } from "@/db/schema/gateway";
import { newId } from "@/lib/core/ids";

type CallInput = typeof calls.$inferInsert;
type Given = Partial<CallInput> & { startedAt: Date; firstTokenMs?: number; totalMs?: number };

const usual = {
  purpose: "chat",
  model: "openai/gpt-5.4",
  upstream: "openai",
  outcome: "complete",
  inputTokens: 1_000,
  outputTokens: 500,
  costUsd: 0.25,
} as const;

/** A call for the table `calls` that began at a moment: 100 ms to the first token and 1,100 in all unless told. */
export function aCall({ firstTokenMs = 100, totalMs = 1_100, startedAt, ...given }: Given): CallInput {
  const after = (ms: number) => new Date(startedAt.getTime() + ms);
  return { ...usual, id: newId(), startedAt, firstTokenAt: after(firstTokenMs), endedAt: after(totalMs), ...given };
}

/** A hundred calls, one a second from a moment on: 10 to 1,000 ms to their first token, 1,010 to 2,000 ms in all. */
export function aHundredCalls(from: Date, given: Partial<CallInput> = {}): CallInput[] {
  return Array.from({ length: 100 }, (_, index) => {
    const firstTokenMs = 10 * (index + 1);
    // Not in order, so that a percentile of positions would be another one.
    const startedAt = new Date(from.getTime() + ((index * 37) % 100) * 1_000);
    return aCall({ startedAt, firstTokenMs, totalMs: firstTokenMs + 1_000, ...given });
  });
}
