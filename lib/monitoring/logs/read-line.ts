import { newId } from "@/lib/core/ids";
import type { LogLine } from "./contract";

const maxTextChars = 8_000;
const maxRestChars = 16_000;
/** What Postgres takes in no text: NUL, and halves of a pair. */
const unstorable = /\\u(?:0000|d[89a-f])/i;

/** A line as Pino writes it, as a row has it: bounded, and without what a database refuses. */
export function readLine(json: string, instanceId: string): LogLine {
  const fields = JSON.parse(json, unstorable.test(json) ? (_, value) => storable(value) : undefined) as Record<string, unknown>;
  const { time, level, msg, requestId, userId, runId, ...rest } = fields;
  return {
    id: newId(),
    at: typeof time === "string" ? time : new Date().toISOString(),
    instanceId,
    level: typeof level === "number" ? level : 30,
    text: typeof msg === "string" ? msg.slice(0, maxTextChars) : "",
    requestId: idOf(requestId),
    userId: idOf(userId),
    runId: idOf(runId),
    rest: json.length > maxRestChars ? shortened(rest) : rest,
  };
}

const idOf = (value: unknown) => (typeof value === "string" ? value.slice(0, 200) : null);
const storable = (value: unknown) => (typeof value === "string" ? value.replaceAll("\u0000", "").toWellFormed() : value);

function shortened(rest: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(rest);
  return text.length > maxRestChars ? { shortened: text.slice(0, maxRestChars).toWellFormed() } : rest;
}
