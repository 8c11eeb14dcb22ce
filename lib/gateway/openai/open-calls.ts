import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { OpenaiError } from "./openai-error";

/** How long calls may go on after the signal to stop, as chats' replies may. */
const finishWithinMs = 6_000;
/** How long those that are then cut off may take to tell it. */
const endWithinMs = 1_000;

type Abort = (reason: unknown) => void;
type State = { open: Set<Abort>; isClosing: boolean; onEmpty?: () => void };
const state = () => processGlobal<State>("openai-calls", () => ({ open: new Set(), isClosing: false }));

/**
 * Takes down that a call of `/v1` is under way, until the returned function is called.
 * @param abort ends it before its time
 * @throws OpenaiError 503 `shutting_down`
 */
export function openCall(abort: Abort): () => void {
  const { open, isClosing } = state();
  if (isClosing) throw shuttingDown();
  open.add(abort);
  return () => {
    open.delete(abort);
    if (open.size === 0) state().onEmpty?.();
  };
}

/** Takes no more calls of `/v1`, lets those under way finish for six seconds, and cuts off the others. */
export async function finishCalls(): Promise<void> {
  state().isClosing = true;
  if (await noneIsLeft(finishWithinMs)) return;
  const left = [...state().open];
  for (const abort of left) abort(shuttingDown());
  const ended = await noneIsLeft(endWithinMs);
  log().info({ calls: left.length, ended }, "calls that were still answered were cut off");
}

async function noneIsLeft(withinMs: number): Promise<boolean> {
  if (state().open.size === 0) return true;
  const empty = new Promise<boolean>((resolve) => {
    state().onEmpty = () => resolve(true);
  });
  return Promise.race([empty, sleep(withinMs, false, { ref: false })]);
}

const shuttingDown = () =>
  new OpenaiError("Hearth is shutting down. Send the request again in a moment.", { code: "shutting_down", status: 503 });
