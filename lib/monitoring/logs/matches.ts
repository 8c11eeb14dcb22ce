import type { LineFilter } from "@/db/queries/log-lines";
import type { LogLine } from "./contract";

/** Whether a filter lets a line through, as the database would. */
export function matches({ level, text, requestId, userId, runId }: LineFilter, line: LogLine): boolean {
  if (level !== undefined && line.level < level) return false;
  if (requestId !== undefined && line.requestId !== requestId) return false;
  if (userId !== undefined && line.userId !== userId) return false;
  if (runId !== undefined && line.runId !== runId) return false;
  return text === undefined || `${line.text} ${JSON.stringify(line.rest)}`.toLowerCase().includes(text.toLowerCase());
}
