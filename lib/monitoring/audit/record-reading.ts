import { db } from "@/db/database";
import { hasDoneSince } from "@/db/queries/audit-events";
import { findSubjectNames } from "@/db/queries/subjects";
import { processGlobal } from "@/lib/core/process-global";
import { acting } from "@/lib/http/acting";
import type { Caller } from "@/lib/http/caller";
import type { AuditAction } from "./contract";
import { recordEvent } from "./record-event";

/** A page that is read anew tells nothing new for so long. */
const againAfterMs = 3_600_000;
/** Readings that are remembered, so that few ask the database whether they were written down. */
const maxRemembered = 1_000;

type Reading = {
  action: Extract<AuditAction, "usage.viewed" | "trace.viewed" | "trace.searched">;
  /** Whose it is that is read; null is everybody's. */
  ownerId: string | null;
  /** What was read of it first. */
  what?: Record<string, unknown>;
};

/**
 * Writes down that an admin looks at what others did: once an hour for each of them, however often the page is read anew
 * and by whichever process. What is one's own is nobody's business.
 */
export async function recordReading(caller: Caller, { action, ownerId, what }: Reading): Promise<void> {
  const { userId, role, email, via } = caller;
  if (role !== "admin" || ownerId === userId) return;
  const remembered = processGlobal("recorded-readings", () => new Map<string, number>());
  const name = `${userId} ${action} ${ownerId}`;
  const now = Date.now();
  if ((remembered.get(name) ?? 0) > now - againAfterMs) return;
  if (remembered.size >= maxRemembered) remembered.clear();
  // Before it is written down, so that a page that asks twice writes once.
  remembered.set(name, now);
  try {
    if (await hasDoneSince(db(), { actorId: userId, action, targetId: ownerId, since: new Date(now - againAfterMs) })) return;
    const target = { kind: "user", id: ownerId, name: ownerId === null ? "Everybody" : await nameOf(ownerId) };
    // Pages have no request that the event could be told by.
    await recordEvent(db(), { action, target, after: what, ...(acting() ? {} : { actor: { id: userId, name: email, via } }) });
  } catch (error) {
    remembered.delete(name);
    throw error;
  }
}

async function nameOf(ownerId: string): Promise<string | null> {
  return (await findSubjectNames(db(), [{ subjectKind: "user", subjectId: ownerId }])).get(ownerId) ?? null;
}
