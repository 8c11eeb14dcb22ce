import { db } from "@/db/database";
import { sweepCache } from "@/db/queries/cache-entries";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { gatewaySettings } from "../gateway-settings";
import { hearForgotten } from "./forgotten-signals";
import { flushCache } from "./stored-answers";

const everyMs = 60_000;

type Loop = { timer?: NodeJS.Timeout; turn: Promise<void>; stopHearing?: () => Promise<void> };
const loop = () => processGlobal<Loop>("cache-loop", () => ({ turn: Promise.resolve() }));

/** Begins to hear what other processes forget, and to keep the kept answers within their size and lifetime, each minute. */
export async function startCacheLoop(): Promise<void> {
  const state = loop();
  if (state.timer) return;
  state.timer = setInterval(() => {
    state.turn = state.turn.then(tidyCache);
  }, everyMs).unref();
  state.stopHearing = await hearForgotten();
}

/** Ends it, waits for the turn that is under way, and stores what waits. */
export async function stopCacheLoop(): Promise<void> {
  const state = loop();
  clearInterval(state.timer);
  state.timer = undefined;
  await state.turn;
  await flushCache();
  await state.stopHearing?.();
  state.stopHearing = undefined;
}

/** Removes answers that are too old, then the least recently used until the rest fits. Any process may do it at any time. */
export async function tidyCache(): Promise<void> {
  // What was used since the last batch must not go for it.
  await flushCache();
  try {
    await sweepCache(db(), gatewaySettings().cacheMaxMb * 1024 * 1024);
  } catch (error) {
    log().error({ err: error }, "kept answers could not be tidied up; the next turn does it");
  }
}
