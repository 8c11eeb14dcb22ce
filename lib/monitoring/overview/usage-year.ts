import { db } from "@/db/database";
import { listCallSums } from "@/db/queries/call-stats";
import type { DayUse } from "./contract";
import { dayIn, startOfDay } from "./zone";

const days = 365;
const hourMs = 3_600_000;

/** What was used on each day of the last year, today the last, by the reader's own calendar. A null owner is everybody. */
export async function usageYear({ ownerId, timeZone, now }: { ownerId: string | null; timeZone: string; now: Date }): Promise<DayUse[]> {
  const today = now.getTime();
  const edges = Array.from({ length: days + 1 }, (_, index) => startOfDay(today, timeZone, index + 1 - days));
  const grain = edges.every((edge) => edge % hourMs === 0) ? "hour" : "quarter";
  const sums = await listCallSums(db(), { ownerId, filters: {}, grain, edges }, null);
  const byPoint = Map.groupBy(sums, ({ point }) => point);
  return edges.slice(0, -1).map((edge, index) => {
    const rows = byPoint.get(index + 1) ?? [];
    const add = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
    return {
      day: dayIn(edge, timeZone),
      from: new Date(edge).toISOString(),
      to: new Date(edges[index + 1] ?? edge).toISOString(),
      calls: add(({ calls }) => calls),
      tokens: add(({ inputTokens, outputTokens }) => inputTokens + outputTokens),
      costUsd: add(({ costUsd }) => costUsd),
    };
  });
}
