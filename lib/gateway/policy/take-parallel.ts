import { database, db } from "@/db/database";
import { releaseLeases, takeLeases } from "@/db/queries/call-leases";
import type { LimitRow } from "@/db/queries/limits";
import { RateLimitedError } from "@/lib/core/errors";
import { processGlobal } from "@/lib/core/process-global";
import { rateHeaders } from "@/lib/http/rate-headers";
import type { Hold } from "./hold";
import { holdExpiry } from "./hold-expiry";
import { limitKey } from "./limit-key";

/** Nobody knows when a call ends, and most end soon. */
const retryAfterS = 2;

const running = () => processGlobal<Map<string, number>>("policy-running", () => new Map());

/**
 * Takes a place for a call with every limit of calls at once: counted in memory where this process is the only one, by
 * leases in the database where several share it.
 * @throws RateLimitedError when one has no place left
 */
export async function takeParallel(limits: LimitRow[], call: { id: string; userId: string | null }): Promise<Hold> {
  const places = limits.flatMap((row) => (row.parallel === null ? [] : [{ subject: limitKey(row, call.userId), limit: row.parallel }]));
  if (places.length === 0) return { settle: async () => {} };
  const subjects = places.map(({ subject }) => subject);
  const isShared = database().kind === "server";
  const full = isShared ? await takeLeases(db(), { callId: call.id, expiresAt: holdExpiry() }, places) : takeInMemory(places);
  const limit = places.find(({ subject }) => subject === full)?.limit;
  if (limit !== undefined) {
    const stands = rateHeaders({ limit, remaining: 0, resetsAt: Date.now() + retryAfterS * 1_000 });
    throw new RateLimitedError("calls at once", retryAfterS, stands);
  }
  return { settle: async () => (isShared ? releaseLeases(db(), call.id, subjects) : releaseInMemory(subjects)) };
}

function takeInMemory(places: { subject: string; limit: number }[]): string | null {
  const counts = running();
  const full = places.find(({ subject, limit }) => (counts.get(subject) ?? 0) >= limit);
  if (full) return full.subject;
  for (const { subject } of places) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return null;
}

function releaseInMemory(subjects: string[]): void {
  const counts = running();
  for (const subject of subjects) {
    const left = (counts.get(subject) ?? 1) - 1;
    if (left > 0) counts.set(subject, left);
    else counts.delete(subject);
  }
}
