import { setTimeout as sleep } from "node:timers/promises";
import type { StoredLine } from "@/db/queries/log-lines";
import { watchSignIn } from "@/lib/auth/watch-sign-in";
import { log } from "@/lib/core/log";
import type { Caller } from "@/lib/http/caller";
import { keepAliveMs } from "@/lib/http/event-stream";
import { decodeCursor, encodeCursor } from "@/lib/http/page";
import type { LogFilters } from "../contract";
import { toLine } from "../to-line";
import { filterOf } from "./filter-of";
import { placeOf, storedLines } from "./stored-lines";

const lookEveryMs = 300;
/** After a look that failed the database gets this long. */
const pauseMs = 2_000;

type Asked = LogFilters & { limit?: number; cursor?: string };

/**
 * Lines that match as server-sent events in the order in which they were stored, until the reader goes away or is no admin any
 * more. They are read as the reader takes them, so that a slow one gets all of them later, and none waits here.
 * @throws ForbiddenError for others than admins · InvalidRequestError for a cursor that was not given out here
 */
export async function streamLogs(caller: Caller, { limit, cursor, ...filters }: Asked): Promise<ReadableStream<Uint8Array>> {
  const after = cursor ? decodeCursor(cursor) : undefined;
  const lines = storedLines(await filterOf(caller, filters), { after, last: limit });
  // Here and not when it is first read, so that "from now on" is from the answer on.
  let begun: Awaited<ReturnType<typeof lines.read>> | null = await lines.read();
  const encoder = new TextEncoder();
  const over = new AbortController();
  let saidAt = Date.now();
  let stopWatching = () => {};
  const stop = () => {
    over.abort();
    stopWatching();
  };
  const next = async (): Promise<string> => {
    while (!over.signal.aborted) {
      const { lines: found, isFull } = begun ?? (await lines.read().catch(readFailed));
      begun = null;
      if (found.length > 0) return found.map(toEvent).join("");
      if (Date.now() - saidAt >= keepAliveMs) return position();
      if (!isFull) await rest(lookEveryMs);
    }
    return "";
  };
  /** Says that the stream is there, and where to go on after it, though no line has come. */
  const position = () => {
    const place = lines.place();
    return place ? `event: position\nid: ${encodeCursor(place)}\ndata: null\n\n` : ": still here\n\n";
  };
  const readFailed = async (error: unknown) => {
    log().debug({ err: error }, "the log could not be read for one who follows it; the next look does it");
    await rest(pauseMs);
    return { lines: [], isFull: false };
  };
  const rest = (ms: number) => sleep(ms, undefined, { signal: over.signal, ref: false }).catch(() => {});
  return new ReadableStream({
    start(controller) {
      // A first write makes the headers leave at once.
      controller.enqueue(encoder.encode(begun?.lines.length ? ": following\n\n" : position()));
      stopWatching = watchSignIn(
        caller,
        () => {
          stop();
          controller.close();
        },
        { role: "admin" },
      );
    },
    async pull(controller) {
      const text = await next();
      saidAt = Date.now();
      if (!over.signal.aborted) controller.enqueue(encoder.encode(text));
    },
    cancel: stop,
  });
}

const toEvent = (line: StoredLine): string => {
  const { storedAt: _, ...row } = line;
  return `id: ${encodeCursor(placeOf(line))}\ndata: ${JSON.stringify(toLine(row))}\n\n`;
};
