import { setTimeout as sleep } from "node:timers/promises";
import { env } from "@/lib/core/env";
import { processGlobal } from "@/lib/core/process-global";
import type { Signal } from "./post-otlp";
import { type Sent, sendOtlp } from "./send-otlp";

/** What comes within this time goes together. */
const batchMs = 1_000;
const batchSize = 512;
/** Most that waits for the collector: things, and the characters that they hold. */
const maxWaiting = 4_096;
const maxWaitingChars = 16_000_000;
/** How long the process waits for the collector when it ends. */
const lastWaitMs = 2_000;

type State<T> = { waiting: T[]; chars: number; dropped: number; timer?: NodeJS.Timeout; sending?: Promise<void> };

type Kind<T> = {
  /** Under this name it hangs on the process. */
  name: string;
  signal: Signal;
  toBody(batch: T[]): object;
  /** About how many characters one holds. */
  charsOf(item: T): number;
  onDropped(dropped: { count: number; sinceStart: number; why: string }): void;
  /** Told of each batch that the collector took. */
  onTaken(sent: Sent): void;
};

/** Sends things to the collector in batches, if there is one. Never waits and never fails: what cannot be sent is dropped and counted. */
export function batchExporter<T>({ name, signal, toBody, charsOf, onDropped, onTaken }: Kind<T>) {
  const exporter = () => processGlobal<State<T>>(name, () => ({ waiting: [], chars: 0, dropped: 0 }));

  const countDropped = (count: number, why: string) => {
    const state = exporter();
    state.dropped += count;
    onDropped({ count, sinceStart: state.dropped, why });
  };
  const sendAll = async (state: State<T>) => {
    while (state.waiting.length > 0) {
      const batch = state.waiting.splice(0, batchSize);
      state.chars = state.waiting.reduce((sum, item) => sum + charsOf(item), 0);
      const sent = await sendOtlp(signal, JSON.stringify(toBody(batch)));
      if (sent.failure) countDropped(batch.length, sent.failure);
      else onTaken(sent);
    }
  };
  /** Sends all that waits, one batch after the other. */
  const sendWaiting = (): Promise<void> => {
    const state = exporter();
    state.timer = undefined;
    state.sending ??= sendAll(state).finally(() => {
      state.sending = undefined;
    });
    return state.sending;
  };

  return {
    /** Has them sent soon. */
    add(items: T[]): void {
      if (env().OTEL_EXPORTER_OTLP_ENDPOINT === undefined || items.length === 0) return;
      const state = exporter();
      let dropped = 0;
      for (const item of items) {
        const chars = charsOf(item);
        if (state.waiting.length >= maxWaiting || state.chars + chars > maxWaitingChars) dropped += 1;
        else {
          state.waiting.push(item);
          state.chars += chars;
        }
      }
      if (dropped > 0) countDropped(dropped, "more of them wait for the collector than can be held");
      if (!state.sending) state.timer ??= setTimeout(() => void sendWaiting(), batchMs).unref();
    },
    /** How many were not sent since the start, though a collector is set. */
    dropped: () => exporter().dropped,
    /** Sends what waits, for a moment at most. For the end of the process. */
    async finish(): Promise<void> {
      clearTimeout(exporter().timer);
      await Promise.race([sendWaiting(), sleep(lastWaitMs, undefined, { ref: false })]);
    },
  };
}
