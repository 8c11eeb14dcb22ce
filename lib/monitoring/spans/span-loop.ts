import { setTimeout as sleep } from "node:timers/promises";
import { db } from "@/db/database";
import { deleteOldSpans, endSpans } from "@/db/queries/spans";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { finishExport } from "./otlp/export-spans";
import { flushSpans } from "./span-queue";
import { loadTraceSettings, traceSettings } from "./trace-settings";

const everyMs = 3_600_000;
const dayMs = 86_400_000;
/** Between two batches others get their turn at the embedded database. */
const pauseMs = 50;

type Loop = { timer?: NodeJS.Timeout; turn: Promise<void> };
const loop = () => processGlobal<Loop>("span-loop", () => ({ turn: Promise.resolve() }));

/** Reads the settings, and removes spans that are older than they are kept: now and every hour until `stopSpanLoop`. */
export async function startSpanLoop(): Promise<void> {
  const state = loop();
  if (state.timer) return;
  const turn = () => {
    state.turn = state.turn.then(sweepSpans);
  };
  state.timer = setInterval(turn, everyMs).unref();
  await loadTraceSettings();
  turn();
}

/** Ends it, and stores and sends what waits, within bounds. Before the database closes. */
export async function stopSpanLoop(): Promise<void> {
  clearInterval(loop().timer);
  loop().timer = undefined;
  await loop().turn;
  await flushSpans();
  await finishExport();
}

/** Removes spans that are older than they are kept, and ends those whose process died. */
export async function sweepSpans(): Promise<void> {
  try {
    // No reply may take longer than a day.
    await endSpans(db(), { before: new Date(Date.now() - dayMs) }, "Hearth ended before this did.");
    const before = new Date(Date.now() - traceSettings().traceKeepDays * dayMs);
    while ((await deleteOldSpans(db(), before)) > 0) await sleep(pauseMs);
  } catch (error) {
    log().error({ err: error }, "old spans could not be removed; the next turn does it");
  }
}
