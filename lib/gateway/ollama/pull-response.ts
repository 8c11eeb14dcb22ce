import { watchSignIn } from "@/lib/auth/watch-sign-in";
import type { Caller } from "@/lib/http/caller";
import { eventStreamHeaders, keepAliveMs } from "@/lib/http/event-stream";
import type { PullEntry } from "./pulls";
import { startPull } from "./start-pull";

/** Progress comes many times a second; readers are told as often as they can see. */
const tellEveryMs = 100;

/**
 * Begins a download and answers with its progress as server-sent events. Who began it and goes away ends it; one that was
 * under way goes on. @throws what `startPull` refuses with, and what it failed with before its first word
 */
export async function pullResponse(wanted: { name: string; upstreamId?: string }, caller: Caller, gone: AbortSignal): Promise<Response> {
  const { entry, isNew } = await startPull(wanted);
  const giveUp = () => isNew && entry.abort.abort();
  gone.addEventListener("abort", giveUp, { once: true });
  // While the download was begun.
  if (gone.aborted) giveUp();
  await entry.begun;
  return new Response(progressOf(entry, caller, giveUp), { headers: eventStreamHeaders });
}

function progressOf(entry: PullEntry, caller: Caller, giveUp: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const tell = () => write(`data: ${JSON.stringify(toEvent(entry))}\n\n`);
      const tick = setInterval(() => {
        if (hasNews) tell();
        hasNews = false;
      }, tellEveryMs);
      const keepAlive = setInterval(() => write(": still here\n\n"), keepAliveMs);
      let hasNews = false;
      const watcher = () => {
        hasNews = true;
      };
      entry.watchers.add(watcher);
      const stopWatching = watchSignIn(caller, () => {
        end();
        controller.close();
      });
      let isOver = false;
      end = () => {
        isOver = true;
        clearInterval(tick);
        clearInterval(keepAlive);
        stopWatching();
        entry.watchers.delete(watcher);
      };
      tell();
      void entry.ended.then(() => {
        if (isOver) return;
        tell();
        write("data: [DONE]\n\n");
        end();
        controller.close();
      });
    },
    cancel() {
      end();
      giveUp();
    },
  });
}

function toEvent({ view: { state, status, completed, total, error } }: PullEntry) {
  if (state === "failed") return { error };
  return { status: state === "cancelled" ? "cancelled" : status, completed, total };
}
