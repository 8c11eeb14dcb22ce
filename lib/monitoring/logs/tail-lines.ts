import { signedInStream } from "@/lib/auth/signed-in-stream";
import type { Caller } from "@/lib/http/caller";
import type { LogLine, LogQuery } from "./contract";
import { followOthers } from "./follow-others";
import { lineFilter } from "./line-filter";
import { onLines } from "./log-store";
import { matches } from "./matches";
import { recentLines } from "./recent-lines";

const backlog = 300;

/**
 * Lines that match as server-sent events, first the newest that are kept and then what comes, until the reader goes away
 * or is no admin any more. A line can come twice. How many were left out, as they came too fast, is an event of its own.
 */
export async function tailLines(caller: Caller, query: LogQuery): Promise<ReadableStream<Uint8Array>> {
  const filter = await lineFilter(query);
  return signedInStream(caller, { role: "admin", whenFull: "refuse" }, (send) => {
    let leftOut = 0;
    const sendLines = (lines: LogLine[]) => {
      if (!send(lines)) leftOut += lines.length;
    };
    const tellLeftOut = () => {
      if (leftOut > 0 && send(leftOut, "left-out")) leftOut = 0;
    };
    const stop = onLines((lines, unread) => {
      const wanted = lines.filter((line) => matches(filter, line));
      if (wanted.length > 0) sendLines(wanted.toReversed());
      leftOut += unread;
      tellLeftOut();
    });
    followOthers();
    return { stop, begun: recentLines(filter, backlog).then(sendLines), onRoom: tellLeftOut };
  });
}
