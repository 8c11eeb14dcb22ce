import { db } from "@/db/database";
import { findCacheEntry } from "@/db/queries/cache-entries";
import { log } from "@/lib/core/log";
import type { KeptAnswer } from "./cached-call";
import { recallAnswer, rememberAnswer } from "./memory-cache";

/** A kept answer, from memory or else from the database, where other processes and the time before the start left theirs. */
export async function findAnswer(by: { key: string; scope: string }): Promise<KeptAnswer | null> {
  const held = recallAnswer(by.key);
  if (held) return held;
  try {
    const row = await findCacheEntry(db(), by);
    if (!row) return null;
    const { key, scope, ownerId, model, upstream, sizeBytes, expiresAt } = row;
    const found = { key, scope, ownerId, model, upstream, sizeBytes, expiresAt, parts: row.parts as KeptAnswer["parts"] };
    rememberAnswer(found);
    return found;
  } catch (error) {
    log().warn({ err: error }, "kept answers could not be read; hosts are asked instead");
    return null;
  }
}
