import { db } from "@/db/database";
import { isRefusal } from "@/db/is-refusal";
import { type CallRow, insertCalls } from "@/db/queries/calls";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { tellChange } from "../live/tell-change";
import { countCall, type EndedCall } from "../metrics/count-call";

/** Calls that end together are stored together. */
const batchMs = 250;
const longestPauseMs = 10_000;
/** Most that waits for the database. */
export const maxWaiting = 10_000;

type Row = CallRow & EndedCall;
/** What a call was made for: on whose behalf, and as a part of which run and trace. */
type Purpose = Pick<Row, "purpose"> & { userId: string | null; key?: { id: string }; runId?: string; span?: { id: string | null } };
type Ended = Omit<Row, "id" | "ownerId" | "keyId" | "runId" | "spanId" | "purpose">;
type Queue = { rows: Row[]; failures: number; timer?: NodeJS.Timeout; writing: Promise<void> };

const queue = () => processGlobal<Queue>("gateway-calls", () => ({ rows: [], failures: 0, writing: Promise.resolve() }));

/** Counts a call, and stores its record soon, without the reply waiting for it. */
export function saveCall(record: Ended, { userId, key, runId, span, purpose }: Purpose): void {
  const row: Row = { id: newId(), ...record, ownerId: userId, keyId: key?.id ?? null, runId, spanId: span?.id ?? null, purpose };
  void countCall(row);
  const waiting = queue();
  waiting.rows.push(row);
  waiting.timer ??= setTimeout(() => void flushCalls(), batchMs);
}

/**
 * Stores every record that waits. Never fails: while the database is away records wait, the newest 10,000 of them, and are
 * tried again; one that it will never take is logged. The reply that a record is about is not touched.
 */
export function flushCalls(): Promise<void> {
  const waiting = queue();
  clearTimeout(waiting.timer);
  waiting.timer = undefined;
  waiting.writing = waiting.writing.then(() => writeWaiting(waiting));
  return waiting.writing;
}

async function writeWaiting(waiting: Queue): Promise<void> {
  const rows = waiting.rows.splice(0);
  if (rows.length === 0) return;
  const stored: Row[] = [];
  try {
    await store(rows, stored);
    waiting.failures = 0;
  } catch (error) {
    if (waiting.failures === 0) log().warn({ err: error, calls: rows.length }, "records of model calls could not be stored; they wait");
    waiting.failures += 1;
    const left = [...rows.slice(stored.length), ...waiting.rows];
    waiting.rows = left.slice(-maxWaiting);
    if (left.length > maxWaiting) log().error({ dropped: left.length - maxWaiting }, "records of model calls were dropped: too many wait");
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => void flushCalls(), Math.min(longestPauseMs, batchMs * 2 ** waiting.failures)).unref();
  }
  const ownerIds = new Set(stored.map(({ ownerId }) => ownerId));
  if (stored.length > 0) tellChange({ of: "calls", changed: [...ownerIds].map((ownerId) => ({ ownerId })) });
}

/** Stores the rows in their order; those that are done with are added to `done`. @throws what the database fails with while it is away */
async function store(rows: Row[], done: Row[]): Promise<void> {
  try {
    await insertCalls(db(), rows);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // One that cannot be stored, as of an account that was deleted meanwhile, must not take the others with it.
    if (rows.length > 1) {
      for (const row of rows) await store([row], done);
      return;
    }
    log().error({ err: error }, "the record of a model call could not be stored");
  }
  done.push(...rows);
}
