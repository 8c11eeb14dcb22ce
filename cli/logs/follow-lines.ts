import type { LogLine } from "@/lib/monitoring/logs/contract";
import type { Api, Query } from "../api/api.ts";
import { CliError } from "../cli-error.ts";
import type { Interruption, Io } from "../io.ts";
import { pause } from "../reply/pause.ts";

/** Pauses before a broken connection is opened again; the last one as often as it takes. */
const pausesMs = [300, 1_000, 2_000, 5_000, 10_000];

type Wanted = { api: Api; io: Io; query: Query; onLine(line: LogLine): void };

/**
 * Reads lines as they come, also over connections that break off, until it is interrupted.
 * @returns why it was
 * @throws CliError when the first connection does not work, or the server will not have this caller any more
 */
export async function followLines({ api, io, query, onLine }: Wanted): Promise<Interruption> {
  const leave = new AbortController();
  let interruption: Interruption = "interrupted";
  let cursor: string | undefined;
  let isBroken = false;
  const takeBack = io.onInterrupt((why) => {
    interruption = why;
    leave.abort();
  });
  /** @returns whether anything came */
  const readOnce = async (): Promise<boolean> => {
    let came = false;
    for await (const { id, data } of await api.events("/api/v1/logs/stream", { query: { ...query, cursor }, signal: leave.signal })) {
      if (isBroken) io.err("Connected again.\n");
      [isBroken, came] = [false, true];
      cursor = id ?? cursor;
      const line = JSON.parse(data) as LogLine | null;
      if (line) onLine(line);
    }
    return came;
  };
  try {
    for (let attempt = 0; !leave.signal.aborted; attempt += 1) {
      const came = await readOnce().catch((error) => {
        if (leave.signal.aborted) return false;
        if (!cursor || !mayPass(error)) throw error;
        return false;
      });
      if (leave.signal.aborted) break;
      if (came) attempt = 0;
      if (!isBroken) io.err("The connection broke off. Trying again until it is back; Ctrl-C ends that.\n");
      isBroken = true;
      await pause(pausesMs[Math.min(attempt, pausesMs.length - 1)] ?? 0, leave.signal);
    }
  } finally {
    takeBack();
  }
  return interruption;
}

/** A server that starts again cannot be reached, or says that something is amiss with it. */
const mayPass = (error: unknown) => error instanceof CliError && (error.exit === "unreachable" || (error.problem.status ?? 0) >= 500);
