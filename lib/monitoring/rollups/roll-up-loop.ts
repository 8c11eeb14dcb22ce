import { setTimeout as sleep } from "node:timers/promises";
import { db } from "@/db/database";
import { deleteOldCalls, deleteRollups, rollUpCalls } from "@/db/queries/call-rollups";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { tellChange } from "../live/tell-change";
import { keptMs } from "./kept-ms";

const everyMs = 300_000;
const tidyEveryMs = 3_600_000;
/** Between two batches others get their turn at the embedded database. */
const pauseMs = 50;

type Loop = { timer?: NodeJS.Timeout; turn: Promise<void>; isBusy: boolean; tidiedAt: number };
/** Tidying begins some minutes after the start, which has enough to do. */
const firstTidyMs = 300_000;
const loop = () =>
  processGlobal<Loop>("roll-up-loop", () => ({
    turn: Promise.resolve(),
    isBusy: false,
    tidiedAt: Date.now() - tidyEveryMs + firstTidyMs,
  }));

/**
 * Adds calls that were stored without being added to the roll-ups, now and every five minutes until `stopRollUpLoop`: an older
 * Hearth leaves such, also one that still runs beside this one. Each hour it removes what is older than it is kept.
 */
export function startRollUpLoop(): void {
  const state = loop();
  if (state.timer) return;
  const turn = () => {
    if (!state.isBusy) state.turn = takeTurn();
  };
  state.timer = setInterval(turn, everyMs).unref();
  turn();
}

/** Ends it, and waits for the batch that is under way. */
export async function stopRollUpLoop(): Promise<void> {
  clearInterval(loop().timer);
  loop().timer = undefined;
  await loop().turn;
}

async function takeTurn(): Promise<void> {
  const state = loop();
  state.isBusy = true;
  try {
    while ((await rollUpBatch()) > 0 && state.timer) await sleep(pauseMs);
    if (Date.now() - state.tidiedAt > tidyEveryMs) await tidyUp();
  } catch (error) {
    log().error({ err: error }, "calls could not be added up; the next turn does it");
  } finally {
    state.isBusy = false;
  }
}

async function rollUpBatch(): Promise<number> {
  const { calls, ownerIds } = await rollUpCalls(db());
  if (calls > 0) tellChange({ of: "calls", changed: ownerIds.map((ownerId) => ({ ownerId })) });
  return calls;
}

async function tidyUp(): Promise<void> {
  loop().tidiedAt = Date.now();
  for (const grain of ["minute", "quarter", "hour"] as const) {
    await deleteRollups(db(), { grain, before: new Date(Date.now() - keptMs[grain]) });
  }
  const before = new Date(Date.now() - env().HEARTH_CALLS_KEEP_DAYS * 86_400_000);
  while ((await deleteOldCalls(db(), before)) > 0 && loop().timer) await sleep(pauseMs);
}
