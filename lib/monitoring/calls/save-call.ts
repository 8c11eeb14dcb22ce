import { db } from "@/db/database";
import { type CallRow, insertCalls } from "@/db/queries/calls";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { tellChange } from "../live/tell-change";
import { countCall, type EndedCall } from "../metrics/count-call";

/** Calls that end together are stored together. */
const batchMs = 250;

type Row = Omit<CallRow, "id"> & EndedCall;
/** What a call was made for: on whose behalf, and as a part of which run and trace. */
type Purpose = Pick<Row, "purpose"> & { userId: string | null; key?: { id: string }; runId?: string; span?: { id: string | null } };
type Ended = Omit<Row, "ownerId" | "keyId" | "runId" | "spanId" | "purpose">;
type Queue = { rows: Row[]; timer?: NodeJS.Timeout; writing: Promise<void> };

const queue = () => processGlobal<Queue>("gateway-calls", () => ({ rows: [], writing: Promise.resolve() }));

/** Counts a call, and stores its record soon, without the reply waiting for it. */
export function saveCall(record: Ended, { userId, key, runId, span, purpose }: Purpose): void {
  const row: Row = { ...record, ownerId: userId, keyId: key?.id ?? null, runId, spanId: span?.id ?? null, purpose };
  void countCall(row);
  const waiting = queue();
  waiting.rows.push(row);
  waiting.timer ??= setTimeout(() => void flushCalls(), batchMs);
}

/** Stores every record that waits. Never fails: a lost record is logged, the reply it is about is not touched. */
export function flushCalls(): Promise<void> {
  const waiting = queue();
  clearTimeout(waiting.timer);
  waiting.timer = undefined;
  const rows = waiting.rows.splice(0);
  if (rows.length > 0) waiting.writing = waiting.writing.then(() => write(rows));
  return waiting.writing;
}

async function write(rows: Row[]): Promise<void> {
  try {
    await insertCalls(
      db(),
      rows.map((row) => ({ id: newId(), ...row })),
    );
    const ownerIds = new Set(rows.map(({ ownerId }) => ownerId));
    tellChange({ of: "calls", changed: [...ownerIds].map((ownerId) => ({ ownerId })) });
  } catch (error) {
    // One that cannot be stored, as of an account that was deleted meanwhile, must not take the others with it.
    if (rows.length > 1) for (const row of rows) await write([row]);
    else log().error({ err: error }, "the record of a model call could not be stored");
  }
}
