import type { LogLine } from "@/lib/monitoring/logs/contract";
import { oneLine } from "../output/printable.ts";
import { style } from "../output/style.ts";

const names: Record<number, string> = { 10: "TRACE", 20: "DEBUG", 30: "INFO", 40: "WARN", 50: "ERROR", 60: "FATAL" };

/** A line for a person: when (UTC), how severe, the words, and the fields that fit on a line. */
export function lineText({ at, level, text, requestId, runId, rest }: LogLine, colour: boolean): string {
  const name = (names[level] ?? String(level)).padEnd(5);
  const severity = level >= 50 ? style(colour, "red", name) : level >= 40 ? style(colour, "yellow", name) : name;
  const fields = Object.entries({ ...rest, requestId, runId }).flatMap(([key, value]) => fieldText(key, value) ?? []);
  const end = fields.length > 0 ? ` ${style(colour, "grey", oneLine(fields.join(" ")))}` : "";
  return `${style(colour, "grey", at)} ${severity} ${oneLine(text)}${end}\n`;
}

/** Of an error its message; what has fields of its own is left to `--json`. */
function fieldText(key: string, value: unknown): string | undefined {
  const told = key === "err" ? (value as { message?: unknown } | null)?.message : value;
  if (typeof told === "number" || typeof told === "boolean") return `${key}=${told}`;
  if (typeof told !== "string") return undefined;
  return `${key}=${/^[^\s"=]+$/.test(told) ? told : JSON.stringify(told)}`;
}
