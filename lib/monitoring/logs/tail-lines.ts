import { watchSignIn } from "@/lib/auth/watch-sign-in";
import type { Caller } from "@/lib/http/caller";
import { keepAliveMs } from "@/lib/http/event-stream";
import type { LogLine, LogQuery } from "./contract";
import { followOthers } from "./follow-others";
import { lineFilter } from "./line-filter";
import { onLines } from "./log-store";
import { matches } from "./matches";
import { recentLines } from "./recent-lines";

const backlog = 300;
/** Events that may wait for a reader whose connection stands still; after that it is closed, and the page connects again. */
const maxWaiting = 500;

/**
 * Lines that match as server-sent events, first the newest that are kept and then what comes, until the reader goes away,
 * stops reading, or is no admin any more. A line can come twice.
 */
export async function tailLines(caller: Caller, query: LogQuery): Promise<ReadableStream<Uint8Array>> {
  const filter = await lineFilter(query);
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    async start(controller) {
      let isOver = false;
      const end = () => {
        stop();
        controller.close();
      };
      const send = (text: string) => {
        if (isOver) return;
        if ((controller.desiredSize ?? 0) > -maxWaiting) controller.enqueue(encoder.encode(text));
        else end();
      };
      const sendLines = (lines: LogLine[]) => send(`data: ${JSON.stringify(lines)}\n\n`);
      // A first write makes the headers leave at once.
      send(": following\n\n");
      const unsubscribe = onLines((lines) => {
        const wanted = lines.filter((line) => matches(filter, line));
        if (wanted.length > 0) sendLines(wanted.toReversed());
      });
      const keepAlive = setInterval(() => send(": still here\n\n"), keepAliveMs);
      const stopWatching = watchSignIn(caller, end, { role: "admin" });
      stop = () => {
        isOver = true;
        unsubscribe();
        clearInterval(keepAlive);
        stopWatching();
      };
      followOthers();
      sendLines(await recentLines(filter, backlog));
    },
    cancel: () => stop(),
  });
}
