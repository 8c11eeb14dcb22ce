import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { allModelSettings } from "../model-settings";
import { loadOnHosts } from "../models/load-on-hosts";
import { isDue, wallMinutes } from "./due-times";

const everyMs = 60_000;
/** What a process that slept, or a clock that was set, missed for longer than this is past its use. */
const mostMissed = 120;

type Loop = { timer?: NodeJS.Timeout; seenUntil: number };
const loop = () => processGlobal<Loop>("prewarm-loop", () => ({ seenUntil: 0 }));

/** Loads models at the times that admins set, looking once a minute until `stopPrewarmLoop`. */
export function startPrewarmLoop(): void {
  const state = loop();
  if (state.timer) return;
  state.seenUntil = wallMinutes(new Date());
  state.timer = setInterval(() => prewarmDue(new Date()), everyMs).unref();
}

/** Ends it. Loads that were begun go on at their hosts. */
export function stopPrewarmLoop(): void {
  clearInterval(loop().timer);
  loop().timer = undefined;
}

/**
 * Begins to load the models whose time has come since the last look. Each process of several asks: a host that has a model
 * loaded has nothing to do.
 */
export function prewarmDue(now: Date): void {
  const state = loop();
  const until = wallMinutes(now);
  const from = Math.max(state.seenUntil, until - mostMissed);
  state.seenUntil = Math.max(state.seenUntil, until);
  for (const { modelId, prewarm } of allModelSettings()) {
    if (!prewarm || !isDue(prewarm, from, until)) continue;
    void loadOnHosts({ modelId }).then(
      (hosts) => log().info({ model: modelId, hosts }, "model loaded ahead of use"),
      (error) => log().warn({ err: error, model: modelId }, "a model could not be loaded ahead of use"),
    );
  }
}
