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
/** Events that may wait for a reader whose connection stands still; of what comes after that only the number is kept. */
const maxWaiting = 500;

/**
 * Lines that match as server-sent events, first the newest that are kept and then what comes, until the reader goes away
 * or is no admin any more. A line can come twice. How many were left out, as they came too fast, is an event of its own.
 */
export async function tailLines(caller: Caller, query: LogQuery): Promise<ReadableStream<Uint8Array>> {
  const filter = await lineFilter(query);
  const encoder = new TextEncoder();
  let stop = () => {};
  let leftOut = 0;
  let tellLeftOut = () => {};
  return new ReadableStream({
    async start(controller) {
      let isOver = false;
      const end = () => {
        stop();
        controller.close();
      };
      const hasRoom = () => (controller.desiredSize ?? 0) > -maxWaiting;
      const send = (text: string) => {
        if (!isOver && hasRoom()) controller.enqueue(encoder.encode(text));
      };
      const sendLines = (lines: LogLine[]) => {
        if (hasRoom()) send(`data: ${JSON.stringify(lines)}\n\n`);
        else leftOut += lines.length;
      };
      tellLeftOut = () => {
        if (leftOut === 0 || !hasRoom()) return;
        send(`event: left-out\ndata: ${leftOut}\n\n`);
        leftOut = 0;
      };
      // A first write makes the headers leave at once.
      send(": following\n\n");
      const unsubscribe = onLines((lines, unread) => {
        const wanted = lines.filter((line) => matches(filter, line));
        if (wanted.length > 0) sendLines(wanted.toReversed());
        leftOut += unread;
        tellLeftOut();
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
    // There is room again.
    pull: () => tellLeftOut(),
    cancel: () => stop(),
  });
}
