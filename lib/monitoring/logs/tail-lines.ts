import { signedInStream } from "@/lib/auth/signed-in-stream";
import type { Caller } from "@/lib/http/caller";
import type { LogQuery } from "./contract";
import { followOthers } from "./follow-others";
import { lineFilter } from "./line-filter";
import { onLines } from "./log-store";
import { matches } from "./matches";
import { recentLines } from "./recent-lines";

const backlog = 300;

/**
 * Lines that match as server-sent events, first the newest that are kept and then what comes, until the reader goes away,
 * stops reading, or is no admin any more. A line can come twice.
 */
export async function tailLines(caller: Caller, query: LogQuery): Promise<ReadableStream<Uint8Array>> {
  const filter = await lineFilter(query);
  return signedInStream(caller, { role: "admin" }, (send) => {
    const stop = onLines((lines) => {
      const wanted = lines.filter((line) => matches(filter, line));
      if (wanted.length > 0) send(wanted.toReversed());
    });
    followOthers();
    return { stop, begun: recentLines(filter, backlog).then(send) };
  });
}
