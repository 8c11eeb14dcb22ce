import type { Api, EventStream } from "../api/api.ts";
import { unreachable } from "../api/http-api.ts";
import { CliError } from "../cli-error.ts";
import { pause } from "./pause.ts";

/** Pauses before a broken connection is opened again; after the last the server counts as gone. */
const pausesMs = [100, 300, 1_000, 2_000, 4_000, 4_000];

type Wanted = {
  api: Api;
  /** Opens the stream: asks the question, or follows a run that is under way. */
  open(signal: AbortSignal): Promise<EventStream>;
  /** The run, once a chunk has named it: a connection that breaks off before cannot be opened again. */
  runId(): string | undefined;
  onChunk(chunk: Record<string, unknown>): void;
  signal: AbortSignal;
};

/** Reads a run's chunks to their end or the signal, also over connections that break off. @throws CliError */
export async function readChunks({ api, open, runId, onChunk, signal }: Wanted): Promise<void> {
  let lastId = -1;
  const readAll = async (stream: EventStream) => {
    for await (const { id, data } of stream) {
      if (id !== undefined) lastId = Number(id);
      onChunk(JSON.parse(data) as Record<string, unknown>);
    }
    return stream.isDone;
  };
  let isDone = await readAll(await open(signal));
  let pauses = 0;
  while (!isDone && !signal.aborted) {
    const id = runId();
    const pauseMs = pausesMs[pauses];
    if (!id || pauseMs === undefined) throw unreachable(api.server, "the connection broke off");
    await pause(pauseMs, signal);
    const before = lastId;
    const again = api.events(`/api/v1/runs/${id}/stream`, { query: { from: lastId + 1 }, signal });
    isDone = await again.then(readAll, (error) => {
      if (error instanceof CliError && error.exit !== "unreachable") throw error;
      return false;
    });
    pauses = lastId > before ? 0 : pauses + 1;
  }
}
