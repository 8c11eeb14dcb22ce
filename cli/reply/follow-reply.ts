import type { Api, EventStream } from "../api/api.ts";
import { unreachable } from "../api/http-api.ts";
import { CliError } from "../cli-error.ts";
import type { Interruption, Io } from "../io.ts";
import { type Happening, type Reply, replyReader } from "./reply.ts";

export type Followed = { reply: Reply; interruption?: Interruption };

/** Pauses before a broken connection is opened again; after the last the server counts as gone. */
const pausesMs = [100, 300, 1_000, 2_000, 4_000];

type Asked = {
  api: Api;
  io: Io;
  /** Opens the stream: asks the question, or follows a run that is under way. */
  open(signal: AbortSignal): Promise<EventStream>;
  onHappening(happening: Happening): void;
  /** False only watches: Ctrl-C leaves at once, and the run goes on. */
  ownsRun?: boolean;
};

/**
 * Reads a reply to its end, also over connections that break off. The first Ctrl-C stops the run on the server and waits
 * for what was written; the second leaves at once.
 * @returns the reply, and why it was interrupted if it was
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
  let lastId = -1;
  const readAll = async (stream: EventStream) => {
    for await (const { id, data } of stream) {
      const happening = read(JSON.parse(data) as Record<string, unknown>);
      if (id !== undefined) lastId = Number(id);
      stopOnce();
      if (happening) onHappening(happening);
    }
    return stream.isDone;
  };
  try {
    let isDone = await readAll(await open(leave.signal));
    for (const pauseMs of pausesMs) {
      if (isDone || leave.signal.aborted) break;
      await pause(pauseMs, leave.signal);
      const { runId } = reply;
      if (!runId) throw unreachable(api.server, "the connection broke off");
      const again = api.events(`/api/v1/runs/${runId}/stream`, { query: { from: lastId + 1 }, signal: leave.signal });
      isDone = await again.then(readAll, (error) => {
        if (error instanceof CliError && error.exit !== "unreachable") throw error;
        return false;
      });
    }
    if (!isDone && !interruption) throw unreachable(api.server, "the connection broke off");
  } catch (error) {
    if (!interruption || !leave.signal.aborted) throw error;
  } finally {
    takeBack();
    await stopping;
  }
  return { reply, ...(interruption && { interruption }) };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
  });
}
