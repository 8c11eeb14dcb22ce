import type { LogLine } from "@/lib/monitoring/logs/contract";

/** Lines that a page holds: more than anybody reads, and few enough to draw. */
export const maxLines = 1_000;

/** Both together, the newest first, each once, and no more than are shown. */
export function mergeLines(shown: LogLine[], fresh: LogLine[]): LogLine[] {
  const known = new Set(shown.map(({ id }) => id));
  const added = fresh.filter(({ id }) => !known.has(id));
  if (added.length === 0) return shown;
  return [...added, ...shown].sort((a, b) => compare(b.at, a.at) || compare(b.id, a.id)).slice(0, maxLines);
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
