import { isRefusal } from "@/db/is-refusal";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import type { CallRecord } from "../call-record";
import type { Hold } from "./hold";

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** Most holds that wait for the database. */
const maxWaiting = 10_000;

type Settlement = { hold: Hold; record: CallRecord | null };
type State = {
  underWay: Set<Promise<void>>;
  /** Those that the database did not answer, to be tried again. */
  waiting: Settlement[];
  failures: number;
  timer?: NodeJS.Timeout;
  retrying?: Promise<void>;
};

const settlements = () => processGlobal<State>("policy-settlements", () => ({ underWay: new Set(), waiting: [], failures: 0 }));

/** Settles what a call holds, without the reply waiting for it. */
export function settleSoon(holds: Hold[], record: CallRecord | null): void {
  const { underWay } = settlements();
  const settling = settleAll(holds, record).finally(() => underWay.delete(settling));
  underWay.add(settling);
}

/**
 * Settles what a call holds. Never fails: while the database is away holds wait, the newest 10,000 of them, and are tried
 * again. One that it will never take is logged, and runs out by itself.
 */
export async function settleAll(holds: Hold[], record: CallRecord | null): Promise<void> {
  await Promise.all(
    holds.map(async (hold) => {
      if (!(await isDone({ hold, record }))) wait({ hold, record });
    }),
  );
}

/** Waits until every call that has ended is settled, or the database has failed once more. */
export async function flushSettlements(): Promise<void> {
  await Promise.all(settlements().underWay);
  await retry();
}

async function isDone({ hold, record }: Settlement): Promise<boolean> {
  try {
    await hold.settle(record);
    return true;
  } catch (error) {
    const isFinal = isRefusal(error);
    if (isFinal) log().error({ err: error }, "what a call took could not be settled");
    else if (settlements().failures === 0) log().warn({ err: error }, "what calls took could not be settled; it waits");
    return isFinal;
  }
}

function wait(settlement: Settlement): void {
  const state = settlements();
  state.failures ||= 1;
  state.waiting.push(settlement);
  if (state.waiting.length > maxWaiting) {
    state.waiting.shift();
    log().error("what a call took was dropped unsettled: too many wait");
  }
  state.timer ??= setTimeout(() => void retry(), Math.min(longestPauseMs, firstPauseMs * 2 ** state.failures)).unref();
}

function retry(): Promise<void> {
  const state = settlements();
  clearTimeout(state.timer);
  state.timer = undefined;
  state.retrying ??= settleWaiting(state).finally(() => {
    state.retrying = undefined;
  });
  return state.retrying;
}

/** One after the other, until one fails again: that one goes to the end, so that it never holds up the others for good. */
async function settleWaiting(state: State): Promise<void> {
  for (let next = state.waiting.shift(); next; next = state.waiting.shift()) {
    if (await isDone(next)) continue;
    state.failures += 1;
    return wait(next);
  }
  state.failures = 0;
}
