import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";

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

/** A line of a process's log, as lists, streams, downloads and pages have it. */
export const logLine = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    instanceId: z.uuid().describe("The process that wrote it"),
    level: z.number().int().describe("10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal"),
    text: z.string(),
    requestId: z.string().nullable(),
    userId: z.string().nullable(),
    runId: z.string().nullable(),
    rest: z.record(z.string(), z.unknown()).describe("All other fields"),
  })
  .meta({ id: "LogLine" });

export type LogLine = z.output<typeof logLine>;

const shared = { method: "GET", tag: "Pages", access: "admin", scope: "none", query: logQuery } as const;

export const followLogs = defineContract({
  ...shared,
  path: "/api/monitoring/logs/stream",
  summary: "Follow what all processes log",
  streams:
    "arrays of log lines as JSON; the first has the newest of those that are kept. Events named `left-out` tell how many were not sent as they came too fast",
});

export const downloadLogs = defineContract({
  ...shared,
  path: "/api/monitoring/logs",
  summary: "The log lines that are kept, the newest first, one JSON object a line",
  file: "application/x-ndjson",
});

const words = z.string().trim().min(1).max(200);
/** No line is older than Unix time, and Postgres has no year 0. */
const moment = z.iso
  .datetime({ offset: true })
  .refine((at) => Date.parse(at) >= 0 && Date.parse(at) < Date.UTC(9999, 0), "Use a moment from 1970 on");

const filters = {
  level: z
    .enum(Object.keys(levels) as [Level, ...Level[]])
    .optional()
    .describe("Lines at least so severe"),
  text: words.optional().describe("Found in the text or the other fields, whatever its case"),
  requestId: words.optional(),
  userId: words.optional().describe("The account's id, or the address that it signs in with"),
  runId: words.optional(),
  from: moment.optional().describe("Written from this moment on; the oldest that is kept when absent"),
};

/** Which lines a program asks for. */
export type LogFilters = z.output<z.ZodObject<typeof filters>> & { to?: string };

const forPrograms = { method: "GET", tag: "Logs", access: "admin" } as const;

export const listLogs = defineContract({
  ...forPrograms,
  path: "/api/v1/logs",
  summary: "What all processes have logged, the newest first",
  query: pageQuery.extend({ ...filters, to: moment.optional().describe("Written before this moment; now when absent") }),
  returns: pageOf(logLine),
});

export const streamLogs = defineContract({
  ...forPrograms,
  path: "/api/v1/logs/stream",
  summary: "Follow what all processes log, in the order in which it was stored, about a second behind",
  query: z.object({
    ...filters,
    from: moment
      .optional()
      .describe("Begin with the lines that were written from this moment on; without it and `limit` with the next one"),
    limit: z.coerce.number().int().min(1).max(1_000).optional().describe("Begin with so many of the last lines"),
    cursor: z
      .string()
      .max(200)
      .optional()
      .describe("Go on after the event of this id, as with the header `Last-Event-ID`, which goes first"),
  }),
  streams:
    "log lines as JSON, one in each event; its id is where to go on after it, with no line lost or sent twice. Events named `position` hold no line and tell such an id while nothing comes. It ends with the sign-in or key",
});
