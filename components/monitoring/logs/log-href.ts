import type { LogQuery } from "@/lib/monitoring/logs/contract";

/** The link to a view of the log, or of `path` with its filters, with something changed; null takes a filter away. */
export function logHref(
  query: LogQuery,
  changes: { [Name in keyof LogQuery]?: LogQuery[Name] | null } = {},
  path = "/monitoring/logs",
): string {
  const fields = Object.entries({ ...query, ...changes }).filter((field): field is [string, string] => typeof field[1] === "string");
  return fields.length === 0 ? path : `${path}?${new URLSearchParams(fields)}`;
}
