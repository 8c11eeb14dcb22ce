import { z } from "zod";
import { defineContract } from "@/lib/http/contract";

/** The severities that a view can begin at. */
export const levels = { debug: 20, info: 30, warn: 40, error: 50 } as const;
export type Level = keyof typeof levels;

/** A field that a form leaves empty filters nothing. What cannot be read is as if it were not there: a link still shows something. */
const filled = z.string().trim().min(1).max(200).optional().catch(undefined);

/** Which lines to show, as a link holds it. `user` is an id or an email address. */
export const logQuery = z.object({
  level: z
    .enum(Object.keys(levels) as [Level, ...Level[]])
    .optional()
    .catch(undefined),
  text: filled,
  request: filled,
  user: filled,
  run: filled,
});

export type LogQuery = z.output<typeof logQuery>;

/** A line of a process's log. `level` is Pino's number, `rest` all other fields. */
export type LogLine = {
  id: string;
  /** ISO 8601. */
  at: string;
  instanceId: string;
  level: number;
  text: string;
  requestId: string | null;
  userId: string | null;
  runId: string | null;
  rest: Record<string, unknown>;
};

const shared = { method: "GET", tag: "Pages", access: "admin", scope: "none", query: logQuery } as const;

export const followLogs = defineContract({
  ...shared,
  path: "/api/monitoring/logs/stream",
  summary: "Follow what all processes log",
  streams: "arrays of log lines as JSON; the first has the newest of those that are kept",
});

export const downloadLogs = defineContract({
  ...shared,
  path: "/api/monitoring/logs",
  summary: "The log lines that are kept, the newest first, one JSON object a line",
  file: "application/x-ndjson",
});
