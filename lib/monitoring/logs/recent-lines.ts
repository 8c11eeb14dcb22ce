import { db } from "@/db/database";
import { type LineFilter, listLines } from "@/db/queries/log-lines";
import { log } from "@/lib/core/log";
import type { LogLine } from "./contract";
import { flushLines } from "./flush-lines";
import { logStore } from "./log-store";
import { matches } from "./matches";
import { toLine } from "./to-line";

/** The newest lines that match, of all processes, the newest first; of this one alone while the database is away. */
export async function recentLines(filter: LineFilter, limit: number): Promise<LogLine[]> {
  try {
    await flushLines();
    return (await listLines(db(), filter, { before: null, limit })).map(toLine);
  } catch (error) {
    log().warn({ err: error }, "stored log lines could not be read; those of this process are shown");
    const own = logStore().ring.filter((line) => matches(filter, line));
    return own.slice(-limit).toReversed();
  }
}
