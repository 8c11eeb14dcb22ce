import { db } from "@/db/database";
import { isRefusal } from "@/db/is-refusal";
import { listAdminsAmong, type SpanRow, saveSpans } from "@/db/queries/spans";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { tellChange } from "../live/tell-change";
import { exportSpans } from "./otlp/export-spans";
import { traceSettings } from "./trace-settings";

/** Spans that begin or end together are stored together. */
const batchMs = 250;
const longestPauseMs = 10_000;
/** Most that waits for the database: spans, and the characters that they hold. */
export const maxWaiting = 5_000;
const maxWaitingChars = 16_000_000;
const warnEveryMs = 60_000;

type Queue = {
  waiting: Map<string, SpanRow>;
  chars: number;
  dropped: number;
  untold: number;
  warnedAt: number;
  failures: number;
  timer?: NodeJS.Timeout;
  writing: Promise<void>;
};
const fresh = (): Queue => ({
  ...{ waiting: new Map(), chars: 0, dropped: 0, untold: 0, warnedAt: 0, failures: 0, writing: Promise.resolve() },
});
const queue = () => processGlobal<Queue>("span-queue", fresh);

/** Stores a span soon, as it is then. While too many wait, as when the database is away, it is dropped and counted. */
export function offerSpan(row: SpanRow): void {
  const state = queue();
  add(state, row);
  state.timer ??= setTimeout(() => void flushSpans(), batchMs);
}

/** How many spans wait, and how many were dropped since the start. */
export function spanCounts(): { waiting: number; dropped: number } {
  const { waiting, dropped } = queue();
  return { waiting: waiting.size, dropped };
}

/** Stores every span that waits. Never fails: those that could not be stored wait for the next turn. */
export function flushSpans(): Promise<void> {
  const state = queue();
  clearTimeout(state.timer);
  state.timer = undefined;
  state.writing = state.writing.then(() => writeWaiting(state));
  return state.writing;
}

async function writeWaiting(state: Queue): Promise<void> {
  if (state.waiting.size === 0) return;
  const rows = [...state.waiting.values()];
  state.waiting.clear();
  state.chars = 0;
  try {
    const shown = await withAllowedContent(rows);
    exportSpans(shown.filter((_, at) => isNewlyEnded(rows[at])));
    await save(shown, state);
    tellChange({ of: "traces", changed: tracesOf(rows) });
    state.failures = 0;
  } catch (error) {
    if (state.failures === 0) log().warn({ err: error, spans: rows.length }, "spans could not be stored; they wait");
    state.failures += 1;
    // What has come since is newer.
    for (const row of rows) if (!state.waiting.has(row.id)) add(state, row);
    const pauseMs = Math.min(longestPauseMs, batchMs * 2 ** state.failures);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => void flushSpans(), pauseMs).unref();
  }
}

async function save(rows: SpanRow[], state: Queue): Promise<void> {
  try {
    await saveSpans(db(), rows);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // One that cannot be stored must not take the others with it.
    if (rows.length > 1) for (const row of rows) await save([row], state);
    else drop(state);
  }
}

const exported = () => processGlobal("spans-exported", () => new WeakSet<SpanRow>());

/** Whether a span is over and this was not asked before: one that has to be stored again is not sent again. */
function isNewlyEnded(row: SpanRow | undefined): boolean {
  if (!row?.endedAt || exported().has(row)) return false;
  exported().add(row);
  return true;
}

/** Where only admins' words are kept, everyone else's are taken out. */
async function withAllowedContent(rows: SpanRow[]): Promise<SpanRow[]> {
  if (traceSettings().traceContent !== "admins") return rows;
  const told = rows.filter(({ input, output }) => input !== null || output !== null);
  const owners = [...new Set(told.flatMap(({ ownerId }) => ownerId ?? []))];
  const admins = new Set(owners.length > 0 ? await listAdminsAmong(db(), owners) : []);
  return rows.map((row) => (row.ownerId !== null && admins.has(row.ownerId) ? row : { ...row, input: null, output: null }));
}

function tracesOf(rows: SpanRow[]): { ownerId: string | null; traceId: string }[] {
  return [...new Map(rows.map(({ ownerId, traceId }) => [traceId, { ownerId, traceId }])).values()];
}

function add(state: Queue, row: SpanRow): void {
  const before = state.waiting.get(row.id);
  const chars = charsOf(row);
  if (!before && (state.waiting.size >= maxWaiting || state.chars + chars > maxWaitingChars)) return drop(state);
  // A span that was offered when it began holds more when it ends; what it held then is not known any more, and small.
  state.chars += chars;
  state.waiting.set(row.id, row);
}

function drop(state: Queue): void {
  state.dropped += 1;
  state.untold += 1;
  if (Date.now() - state.warnedAt < warnEveryMs) return;
  state.warnedAt = Date.now();
  log().warn({ dropped: state.untold, since: state.dropped }, "spans were dropped: more wait for the database than can be held");
  state.untold = 0;
}

const charsOf = ({ input, output, error }: SpanRow) => 400 + (input?.length ?? 0) + (output?.length ?? 0) + (error?.length ?? 0);
