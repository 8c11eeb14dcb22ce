import { type Database, database } from "@/db/database";
import { type CacheRow, countCacheHits, type NewCacheRow, saveCacheEntries } from "@/db/queries/cache-entries";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { announceForgotten } from "./forgotten-signals";

/** Answers and hits that come together are stored together. */
const batchMs = 100;

/** `replaces` when other processes may hold the answer before it. */
type Waiting = NewCacheRow & { replaces: boolean };
type Queue = { rows: Map<string, Waiting>; hits: Map<CacheRow["key"], number>; timer?: NodeJS.Timeout; writing: Promise<void> };

const queue = () => processGlobal<Queue>("cache-writes", () => ({ rows: new Map(), hits: new Map(), writing: Promise.resolve() }));

/** Stores an answer soon, without anyone waiting for it. */
export function storeAnswer(row: Waiting): void {
  queue().rows.set(row.key, row);
  writeSoon();
}

/** Counts an answer that was given again, which also keeps it from being the first to go. */
export function countHit(key: string): void {
  const { hits } = queue();
  hits.set(key, (hits.get(key) ?? 0) + 1);
  writeSoon();
}

/** Stores everything that waits. Never fails: an answer that is not kept is asked for again. */
export function flushCache(): Promise<void> {
  const waiting = queue();
  clearTimeout(waiting.timer);
  waiting.timer = undefined;
  const rows = [...waiting.rows.values()];
  const hits = new Map(waiting.hits);
  waiting.rows.clear();
  waiting.hits.clear();
  if (rows.length + hits.size > 0) waiting.writing = waiting.writing.then(() => write(rows, hits, database()));
  return waiting.writing;
}

function writeSoon(): void {
  const waiting = queue();
  waiting.timer ??= setTimeout(() => void flushCache(), batchMs).unref();
}

async function write(rows: Waiting[], hits: Map<string, number>, on: Database): Promise<void> {
  try {
    if (rows.length > 0)
      await saveCacheEntries(
        on.db,
        rows.map(({ replaces, ...row }) => row),
      );
    if (hits.size > 0) await countCacheHits(on.db, hits);
    const replaced = rows.filter(({ replaces }) => replaces).map(({ key }) => key);
    if (replaced.length > 0) await announceForgotten({ keys: replaced });
  } catch (error) {
    log().warn({ err: error, answers: rows.length }, "answers could not be kept; they will be asked for again");
  }
}
