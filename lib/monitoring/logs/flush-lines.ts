import { db } from "@/db/database";
import { isRefusal } from "@/db/is-refusal";
import { insertLines, type LogLineRow } from "@/db/queries/log-lines";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import type { LogLine } from "./contract";
import { logStore, tellLines } from "./log-store";
import { exportLines } from "./otlp/export-lines";
import { readLine } from "./read-line";

const maxWaiting = 5_000;
const maxRing = 1_000;
const atOnce = 500;
/** After a write that failed the database gets this long. */
const pauseMs = 2_000;

/** Takes a line in. It is read, told and stored within a fifth of a second. */
export function takeLine(json: string): void {
  const store = logStore();
  if (store.raw.length < maxWaiting) store.raw.push(json);
  else store.dropped++;
}

/** Reads what was logged, tells it to those who follow, and stores it. Never fails: what cannot be stored waits, up to 5,000 lines. */
export function flushLines(): Promise<void> {
  readLines();
  const store = logStore();
  if (store.waiting.length > 0) store.writing = store.writing.then(writeLines);
  return store.writing;
}

function readLines(): void {
  const store = logStore();
  const fresh = store.raw.splice(0).map((json) => readLine(json, store.instanceId));
  const tooMany = Math.max(0, store.waiting.length + fresh.length - maxWaiting);
  store.waiting.push(...fresh);
  store.waiting.splice(0, tooMany);
  store.dropped += tooMany;
  if (store.dropped > store.toldDropped) {
    const told = droppedLine(store.dropped - store.toldDropped);
    store.toldDropped = store.dropped;
    // Not counted as one too many: it would push out another, which would have to be told again.
    store.waiting.push(told);
    fresh.push(told);
  }
  if (fresh.length === 0) return;
  store.ring = [...store.ring, ...fresh].slice(-maxRing);
  tellLines(fresh);
  exportLines(fresh);
}

async function writeLines(): Promise<void> {
  const store = logStore();
  if (Date.now() < store.retryAt) return;
  while (store.waiting.length > 0) {
    const batch = store.waiting.splice(0, atOnce);
    try {
      await storeBatch(batch);
    } catch (error) {
      store.waiting.unshift(...batch);
      // This line waits with the others, so that there is one for each pause at most.
      store.retryAt = Date.now() + pauseMs;
      log().warn({ err: error }, "log lines could not be stored; they are kept and tried again");
      return;
    }
  }
}

/** A batch that holds what the database will never take goes in line by line, without that. */
async function storeBatch(batch: LogLine[]): Promise<void> {
  try {
    await insertLines(db(), batch.map(toRow));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (batch.length === 1) logStore().dropped++;
    else for (const line of batch) await storeBatch([line]);
  }
}

const toRow = (line: LogLine): LogLineRow => ({ ...line, at: new Date(line.at) });

function droppedLine(count: number): LogLine {
  const text = `${count} log lines were not stored: they came faster than the database takes them`;
  const nobody = { requestId: null, userId: null, runId: null };
  return { id: newId(), at: new Date().toISOString(), instanceId: logStore().instanceId, level: 40, text, ...nobody, rest: {} };
}
