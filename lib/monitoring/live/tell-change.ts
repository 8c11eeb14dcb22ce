import { sql } from "drizzle-orm";
import { database } from "@/db/database";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";

/** What a change is of; null is too much to name, and so may be anybody's. */
export type Changed = { ownerId: string | null; traceId?: string }[] | null;
export type Change = { of: "calls" | "traces" | "alerts"; changed: Changed };
type Listener = (change: Change) => void;

const channel = "hearth_monitoring";
/** Postgres refuses a longer NOTIFY. */
const maxPayloadBytes = 7_900;
/** Other processes are told this seldom, of everything that has come together. */
const tellEveryMs = 500;
/** More parts than this are told as "something". */
const maxParts = 200;
/** Changes that are kept for pages that were made before them and begin to follow after them. */
const maxRecent = 50;

type State = {
  self: string;
  listeners: Set<Listener>;
  recent: { at: number; change: Change }[];
  untold: Map<Change["of"], Changed>;
  timer?: NodeJS.Timeout;
};
const state = () =>
  processGlobal<State>("monitoring-changes", () => ({ self: newId(), listeners: new Set(), recent: [], untold: new Map() }));

/** Tells everyone who looks that there is something new: in this process at once, in others within half a second. Never fails. */
export function tellChange(change: Change): void {
  deliver(change);
  if (database().kind === "embedded") return;
  const { untold } = state();
  const before = untold.get(change.of);
  untold.set(change.of, before === undefined ? change.changed : together(before, change.changed));
  state().timer ??= setTimeout(() => void tellOthers(), tellEveryMs).unref();
}

/** Calls `listener` for each change until the returned function is called, first for those since a moment, as far as they are known. */
export function onChange(listener: Listener, since = Number.POSITIVE_INFINITY): () => void {
  for (const { at, change } of state().recent) if (at >= since) listener(change);
  state().listeners.add(listener);
  return () => state().listeners.delete(listener);
}

/** Starts to hear other processes. A database of our own has none. @returns the function that stops it */
export async function hearChanges(): Promise<() => Promise<void>> {
  if (database().kind === "embedded") return async () => undefined;
  return database().listen(channel, (payload) => {
    const { from, changes } = JSON.parse(payload) as { from: string; changes: Change[] };
    if (from !== state().self) for (const change of changes) deliver(change);
  });
}

function deliver(change: Change): void {
  const { recent, listeners } = state();
  recent.push({ at: Date.now(), change });
  if (recent.length > maxRecent) recent.shift();
  for (const listener of listeners) listener(change);
}

async function tellOthers(): Promise<void> {
  const { untold, self } = state();
  state().timer = undefined;
  const changes = [...untold].map(([of, changed]) => ({ of, changed }));
  untold.clear();
  try {
    const whole = JSON.stringify({ from: self, changes });
    const fits = Buffer.byteLength(whole) <= maxPayloadBytes;
    const payload = fits ? whole : JSON.stringify({ from: self, changes: changes.map(({ of }) => ({ of, changed: null })) });
    await database().db.execute(sql`select pg_notify(${channel}, ${payload})`);
  } catch (error) {
    log().warn({ err: error }, "other processes could not be told of something new; their pages are read anew with time");
  }
}

function together(before: Changed, after: Changed): Changed {
  if (before === null || after === null || before.length + after.length > maxParts) return null;
  return [...new Map([...before, ...after].map((part) => [`${part.ownerId} ${part.traceId}`, part])).values()];
}
