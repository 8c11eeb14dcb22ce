import type { Run } from "@/lib/chat/shapes";
import type { Api, EventStream } from "../api/api.ts";
import type { Interruption, Io } from "../io.ts";
import { pause } from "./pause.ts";
import { readChunks } from "./read-chunks.ts";
import { type Happening, type Reply, replyReader } from "./reply.ts";

/** `hasLeft` tells that the second Ctrl-C came. */
export type Followed = { reply: Reply; interruption?: Interruption; hasLeft?: boolean };

type Asked = {
  api: Api;
  io: Io;
  /** Opens the stream: asks the question, or follows a run that is under way. */
  open(signal: AbortSignal): Promise<EventStream>;
  onHappening(happening: Happening): void;
  /** False only watches: Ctrl-C leaves at once, and the run goes on. */
  ownsRun?: boolean;
};

/** How long one who leaves waits for the server to hear that the run is to stop. */
const lastWordMs = 1_000;

/**
 * Reads a reply to its end. The first Ctrl-C stops the run on the server and waits for what was written; the second leaves
 * at once.
 * @returns the reply, and how it was interrupted if it was
 * @throws CliError
 */
export async function followReply({ api, io, open, onHappening, ownsRun = true }: Asked): Promise<Followed> {
  const { reply, read } = replyReader();
  const leave = new AbortController();
  let interruption: Interruption | undefined;
  let stopping: Promise<unknown> | undefined;
  const stopOnce = () => {
    if (!interruption || !ownsRun || !reply.runId) return;
    stopping ??= api.post(`/api/v1/runs/${reply.runId}/stop`).catch((error) => {
      io.err(`The run could not be stopped: ${error instanceof Error ? error.message : error}\n`);
      leave.abort();
    });
  };
  const takeBack = io.onInterrupt((why) => {
    if (interruption || !ownsRun) leave.abort();
    interruption ??= why;
    stopOnce();
  });
  const onChunk = (chunk: Record<string, unknown>) => {
    const happening = read(chunk);
    stopOnce();
    if (happening) onHappening(happening);
  };
  try {
    await readChunks({ api, open, runId: () => reply.runId, onChunk, signal: leave.signal });
    // A run whose process died has no end in its log; its row knows.
    if (isOpen(reply) && reply.runId && !leave.signal.aborted) await takeEnd(api, reply, reply.runId);
  } catch (error) {
    if (!interruption || !leave.signal.aborted) throw error;
  } finally {
    takeBack();
    await (leave.signal.aborted ? Promise.race([stopping, pause(lastWordMs)]) : stopping);
  }
  if (!interruption) return { reply };
  if (ownsRun && !stopping) io.err("The server had not said yet which run it is, so that it may go on.\n");
  return { reply, interruption, hasLeft: leave.signal.aborted };
}

/** Its first chunk says that it is running, and none has told its end. */
const isOpen = ({ status }: Reply) => status === undefined || status === "running";

async function takeEnd(api: Api, reply: Reply, runId: string): Promise<void> {
  const { status, model, error } = await api.get<Run>(`/api/v1/runs/${runId}`);
  if (status !== "queued") reply.status = status;
  reply.model ??= model ?? undefined;
  reply.error ??= error;
}
