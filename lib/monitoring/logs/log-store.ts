import { processGlobal } from "@/lib/core/process-global";
import type { LogLine } from "./contract";

/** Gets lines, and how many came beside them that were too many to be read. */
type Listener = (lines: LogLine[], leftOut: number) => void;

type LogStore = {
  instanceId: string;
  /** As they were written; read when their turn comes, so that whoever logs does not wait for it. */
  raw: string[];
  /** Read and not yet stored. */
  waiting: LogLine[];
  /** The newest of this process, the oldest first: what can be shown while the database is away. */
  ring: LogLine[];
  listeners: Set<Listener>;
  /** Lines that were never stored since the start, because they came faster than they could be. */
  dropped: number;
  toldDropped: number;
  timer?: NodeJS.Timeout;
  others?: NodeJS.Timeout;
  writing: Promise<void>;
  tidiedAt: number;
  retryAt: number;
};

/** What this process has logged lately, and who follows it. */
export function logStore(): LogStore {
  return processGlobal<LogStore>("log-store", () => ({
    ...{ instanceId: "", raw: [], waiting: [], ring: [], listeners: new Set(), dropped: 0, toldDropped: 0 },
    ...{ writing: Promise.resolve(), tidiedAt: 0, retryAt: 0 },
  }));
}

/** Calls `listener` with lines as they come, of this process and others, until the returned function is called. */
export function onLines(listener: Listener): () => void {
  logStore().listeners.add(listener);
  return () => logStore().listeners.delete(listener);
}

/** Hands lines to all who follow, and how many were left out. */
export function tellLines(lines: LogLine[], leftOut = 0): void {
  for (const listener of logStore().listeners) listener(lines, leftOut);
}
