import { db } from "@/db/database";
import { deleteExpiredHolds } from "@/db/queries/budgets";
import { rollUpUsage } from "@/db/queries/usage";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";

const everyMs = 60_000;

type Loop = { timer?: NodeJS.Timeout; turn: Promise<void> };
const loop = () => processGlobal<Loop>("usage-loop", () => ({ turn: Promise.resolve() }));

/** Adds finished calls up by day, now and every minute until `stopUsageLoop`, and tidies up after calls whose process died. */
export function startUsageLoop(): void {
  const state = loop();
  if (state.timer) return;
  const turn = () => {
    state.turn = state.turn.then(addUp);
  };
  state.timer = setInterval(turn, everyMs).unref();
  turn();
}

/** Ends it, and waits for the turn that is under way. */
export async function stopUsageLoop(): Promise<void> {
  clearInterval(loop().timer);
  loop().timer = undefined;
  await loop().turn;
}

async function addUp(): Promise<void> {
  try {
    await rollUpUsage(db());
    await deleteExpiredHolds(db());
  } catch (error) {
    log().error({ err: error }, "usage could not be added up; the next turn does it");
  }
}
