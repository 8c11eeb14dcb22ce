import { log } from "@/lib/core/log";
import { eventStreamHeaders } from "@/lib/http/event-stream";
import { followRun } from "./follow-run";
import type { NumberedChunk } from "./run-log";

const headers = { ...eventStreamHeaders, "x-vercel-ai-ui-message-stream": "v1" };

/** Proxies close a connection that is silent for a minute. */
const keepAliveMs = 15_000;

/**
 * A run as server-sent events: each chunk with its number as `id:`, `data: [DONE]` at the end.
 * The reader may go away at any time; the run goes on.
 * @throws NotFoundError for a run that is not the owner's
 */
export async function runResponse(by: { runId: string; ownerId: string; from: number }): Promise<Response> {
  const gone = new AbortController();
  const batches = await followRun({ ...by, signal: gone.signal });
  const encoder = new TextEncoder();
  let keepAlive: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // A first write makes the headers leave at once.
      controller.enqueue(encoder.encode(": run\n\n"));
      keepAlive = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), keepAliveMs);
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
        log().error({ err: error, runId: by.runId }, "following a run failed; the reader will connect again");
      }
      clearInterval(keepAlive);
      controller.close();
    },
    cancel() {
      clearInterval(keepAlive);
      gone.abort();
    },
  });
  return new Response(body, { headers });
}

const toEvent = ({ seq, chunk }: NumberedChunk) => `id: ${seq}\ndata: ${JSON.stringify(chunk)}\n\n`;
