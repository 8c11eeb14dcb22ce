import { watchSignIn } from "@/lib/auth/watch-sign-in";
import { log } from "@/lib/core/log";
import type { Caller } from "@/lib/http/caller";
import { eventStreamHeaders, keepAliveMs } from "@/lib/http/event-stream";
import { followRun } from "./follow-run";
import type { NumberedChunk } from "./run-log";

const headers = { ...eventStreamHeaders, "x-vercel-ai-ui-message-stream": "v1" };

/**
 * A run of the caller's as server-sent events: each chunk with its number as `id:`, `data: [DONE]` at the end.
 * The reader may go away at any time; the run goes on. One whose sign-in ends is cut off, without `[DONE]`.
 * @throws NotFoundError for a run that is not the caller's
 */
export async function runResponse({ caller, ...run }: { caller: Caller; runId: string; from: number }): Promise<Response> {
  const gone = new AbortController();
  const batches = await followRun({ ...run, ownerId: caller.userId, signal: gone.signal });
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // A first write makes the headers leave at once.
      controller.enqueue(encoder.encode(": run\n\n"));
      const keepAlive = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), keepAliveMs);
      const stopWatching = watchSignIn(caller, () => {
        end();
        controller.close();
      });
      end = () => {
        clearInterval(keepAlive);
        stopWatching();
        gone.abort();
      };
    },
    async pull(controller) {
      try {
        const { value, done } = await batches.next();
        if (gone.signal.aborted) return;
        if (!done) return controller.enqueue(encoder.encode(value.map(toEvent).join("")));
        controller.enqueue(encoder.encode("data: [DONE]\n\n"));
      } catch (error) {
        // A reader that went away has closed the stream itself.
        if (gone.signal.aborted) return;
        log().error({ err: error, runId: run.runId }, "following a run failed; the reader will connect again");
      }
      end();
      controller.close();
    },
    cancel: () => end(),
  });
  return new Response(body, { headers });
}

const toEvent = ({ seq, chunk }: NumberedChunk) => `id: ${seq}\ndata: ${JSON.stringify(chunk)}\n\n`;
