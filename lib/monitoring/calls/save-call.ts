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
type Queue = {
  rows: Row[];
  dropped: number;
  failures: number;
  timer?: NodeJS.Timeout;
  isWriting: boolean;
  /** Settles when every flush that was asked for has ended. */
  writing: Promise<void>;
};

const queue = () =>
  processGlobal<Queue>("gateway-calls", () => ({ rows: [], dropped: 0, failures: 0, isWriting: false, writing: Promise.resolve() }));

/** Counts a call, and stores its record soon, without the reply waiting for it. */
export function saveCall(record: Ended, { userId, key, runId, span, purpose }: Purpose): void {
  const row: Row = { id: newId(), ...record, ownerId: userId, keyId: key?.id ?? null, runId, spanId: span?.id ?? null, purpose };
  void countCall(row);
  const waiting = queue();
  waiting.rows.push(row);
  dropOldest(waiting);
  // Whoever writes now looks again at the end, after the pause that a failure asks for.
  if (!waiting.isWriting) flushSoon(waiting);
}

/**
 * Stores every record that waits. Never fails: while the database is away records wait, the newest 10,000 of them, and are
 * tried again; one that it will never take is logged. The reply that a record is about is not touched.
 */
export function flushCalls(): Promise<void> {
  const waiting = queue();
  waiting.writing = waiting.writing.then(() => writeWaiting(waiting));
  return waiting.writing;
}

/** After a quarter of a second; after failures in a row later and later. */
function flushSoon(waiting: Queue): void {
  waiting.timer ??= setTimeout(() => void flushCalls(), Math.min(longestPauseMs, batchMs * 2 ** waiting.failures));
  if (waiting.failures > 0) waiting.timer.unref();
}

function dropOldest(waiting: Queue): void {
  waiting.dropped += waiting.rows.splice(0, waiting.rows.length - maxWaiting).length;
}

async function writeWaiting(waiting: Queue): Promise<void> {
  clearTimeout(waiting.timer);
  waiting.timer = undefined;
  const rows = waiting.rows.splice(0);
  if (rows.length === 0) return;
  waiting.isWriting = true;
  const stored: Row[] = [];
  try {
    await store(rows, stored);
    waiting.failures = 0;
  } catch (error) {
    if (waiting.failures === 0) log().warn({ err: error, calls: rows.length }, "records of model calls could not be stored; they wait");
    waiting.failures += 1;
    waiting.rows.unshift(...rows.slice(stored.length));
    dropOldest(waiting);
  }
  waiting.isWriting = false;
  if (waiting.dropped > 0) log().error({ dropped: waiting.dropped }, "records of model calls were dropped: too many wait");
  waiting.dropped = 0;
  if (waiting.rows.length > 0) flushSoon(waiting);
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
