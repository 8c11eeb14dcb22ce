import type { ModelError } from "@/lib/core/errors";
import { callError, hostLabel, type Target } from "./call-error";
import { gatewaySettings } from "./gateway-settings";

export type CallTimers = ReturnType<typeof startTimers>;

type TimerOptions = { mayBeCold: boolean; isPaused: () => boolean; onExpire: (error: ModelError) => void };

/**
 * Watches one call: first token, silence in mid-reply, whole reply. `onExpire` is told of the first limit that passes.
 * `mayBeCold` allows the time of loading the model before the first token; a silence while `isPaused` is the reader's, not the host's.
 * While a call waits for its turn at the host, nothing runs.
 */
export function startTimers(target: Target, { mayBeCold, isPaused, onExpire }: TimerOptions) {
  const { firstTokenTimeoutMs, coldLoadTimeoutMs, idleTimeoutMs, replyTimeoutMs } = gatewaySettings();
  const firstTokenMs = mayBeCold ? coldLoadTimeoutMs : firstTokenTimeoutMs;
  const who = `${target.modelName} on ${hostLabel(target.upstream)}`;
  let lastBytesAt = performance.now();
  let first: NodeJS.Timeout | undefined;
  let total: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;

  const expire = (what: string) => {
    stop();
    onExpire(callError("timed_out", what));
  };
  let isOver = false;
  const pause = () => {
    clearTimeout(first);
    clearTimeout(idle);
    clearTimeout(total);
  };
  const stop = () => {
    isOver = true;
    pause();
  };
  // One timer that looks back when it fires costs less than setting it anew with each token.
  const watchSilence = (waitMs: number) => {
    idle = setTimeout(() => {
      if (isPaused()) lastBytesAt = performance.now();
      const leftMs = idleTimeoutMs - (performance.now() - lastBytesAt);
      if (leftMs > 0) watchSilence(Math.ceil(leftMs));
      else expire(`${who} fell silent in mid-reply for ${inWords(idleTimeoutMs)}. What came is kept.`);
    }, waitMs);
  };
  const start = () => {
    first = setTimeout(() => expire(`${who} sent nothing within ${inWords(firstTokenMs)}.`), firstTokenMs);
    total = setTimeout(() => {
      expire(`${who} was still writing after ${inWords(replyTimeoutMs)}, the longest a reply may take.`);
    }, replyTimeoutMs);
  };
  start();

  return {
    /** The call stands in a line of the host's own: what it waits for there is others' calls. */
    onWait: pause,
    /** Its turn has come: the host has all its time from now on. */
    onTurn() {
      pause();
      if (!isOver) start();
    },
    /** The host was asked for the whole: nothing comes before the end, and only the limit of a whole reply holds. */
    onWhole() {
      clearTimeout(first);
    },
    /** The first token is there: from now on silence counts. */
    onFirstToken() {
      clearTimeout(first);
      if (!idle) watchSilence(idleTimeoutMs);
    },
    onBytes() {
      lastBytesAt = performance.now();
    },
    stop,
  };
}

function inWords(ms: number): string {
  if (ms >= 120_000) return `${Math.round(ms / 60_000)} minutes`;
  return ms >= 1_000 ? `${Math.round(ms / 1_000)} seconds` : `${ms} ms`;
}
