import { setTimeout as sleep } from "node:timers/promises";
import type { SpanRow } from "@/db/queries/spans";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { sendTraces } from "./send-traces";
import { toOtlp } from "./to-otlp";

/** Spans that end within this time go together. */
const batchMs = 1_000;
const batchSize = 512;
/** Most that waits for the collector: spans, and the characters that they hold. */
const maxWaiting = 4_096;
const maxWaitingChars = 16_000_000;
/** How long the process waits for the collector when it ends. */
const lastWaitMs = 2_000;

type Exporter = { waiting: SpanRow[]; chars: number; dropped: number; timer?: NodeJS.Timeout; sending?: Promise<void> };
const exporter = () => processGlobal<Exporter>("span-exporter", () => ({ waiting: [], chars: 0, dropped: 0 }));

/** Sends spans that are over to the collector soon, if there is one. Never waits and never fails: what cannot be sent is dropped and counted. */
export function exportSpans(rows: SpanRow[]): void {
  if (env().OTEL_EXPORTER_OTLP_ENDPOINT === undefined || rows.length === 0) return;
  const state = exporter();
  let dropped = 0;
  for (const row of rows) {
    const chars = charsOf(row);
    if (state.waiting.length >= maxWaiting || state.chars + chars > maxWaitingChars) dropped += 1;
    else {
      state.waiting.push(row);
      state.chars += chars;
    }
  }
  if (dropped > 0) countDropped(dropped, "more of them wait for the collector than can be held");
  if (!state.sending) state.timer ??= setTimeout(() => void sendWaiting(), batchMs).unref();
}

/** How many spans were not sent to the collector since the start, though one is set. */
export function droppedExports(): number {
  return exporter().dropped;
}

/** Sends what waits, for a moment at most. For the end of the process. */
export async function finishExport(): Promise<void> {
  clearTimeout(exporter().timer);
  await Promise.race([sendWaiting(), sleep(lastWaitMs, undefined, { ref: false })]);
}

/** Sends all that waits, one batch after the other. */
function sendWaiting(): Promise<void> {
  const state = exporter();
  state.timer = undefined;
  state.sending ??= sendAll(state).finally(() => {
    state.sending = undefined;
  });
  return state.sending;
}

async function sendAll(state: Exporter): Promise<void> {
  while (state.waiting.length > 0) {
    const batch = state.waiting.splice(0, batchSize);
    state.chars = state.waiting.reduce((sum, row) => sum + charsOf(row), 0);
    const failure = await sendTraces(JSON.stringify(toOtlp(batch)));
    if (failure) countDropped(batch.length, failure);
  }
}

function countDropped(count: number, why: string): void {
  const state = exporter();
  state.dropped += count;
  log().warn({ dropped: count, sinceStart: state.dropped }, `spans were not sent to the collector: ${why}`);
}

const charsOf = ({ input, output, error }: SpanRow) => 400 + (input?.length ?? 0) + (output?.length ?? 0) + (error?.length ?? 0);
