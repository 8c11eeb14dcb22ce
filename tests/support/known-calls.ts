import type { calls } from "@/db/schema/gateway";
import { newId } from "@/lib/core/ids";
import { aRecord } from "./policy";

type CallInput = typeof calls.$inferInsert;

/** A call for the table `calls` that began at a moment, its times in milliseconds: 100 to the first token and 1,100 in all unless told. */
export function aCall({
  firstTokenMs = 100,
  totalMs = 1_100,
  startedAt,
  ...given
}: Partial<CallInput> & { startedAt: Date; firstTokenMs?: number; totalMs?: number }): CallInput {
  const after = (ms: number) => new Date(startedAt.getTime() + ms);
  const times = { startedAt, firstTokenAt: after(firstTokenMs), endedAt: after(totalMs) };
  return { ...aRecord({ costUsd: 0.25 }), id: newId(), purpose: "chat" as const, ...times, ...given };
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
