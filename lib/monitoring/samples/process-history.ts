import { db } from "@/db/database";
import { listProcessPoints, type ProcessPoint } from "@/db/queries/process-samples";
import type { ProcessMoment } from "./contract";
import { keptMs } from "./kept-ms";

const hourMs = 3_600_000;

/**
 * How Hearth's processes were between moments, in milliseconds and ascending; null where none was looked at. Points of an
 * hour and more are read from the hours' sums, and so is what is older than samples are kept: each point has then what its
 * hour has. For admins.
 */
export async function processHistory(edges: readonly number[], now = Date.now()): Promise<(ProcessMoment | null)[]> {
  const [first, second, last] = [edges[0] ?? 0, edges[1] ?? 0, edges.at(-1) ?? 0];
  const isCoarse = second - first >= hourMs;
  if (isCoarse || first >= now - keptMs.samples) return pointsOf(edges, { byHour: isCoarse });
  const begin = Math.floor(first / hourMs) * hourMs;
  const hours = Array.from({ length: Math.ceil((last - begin) / hourMs) + 1 }, (_, index) => begin + index * hourMs);
  const byHour = await pointsOf(hours, { byHour: true });
  return edges.slice(0, -1).map((edge) => byHour[Math.floor((edge - begin) / hourMs)] ?? null);
}

async function pointsOf(edges: readonly number[], given: { byHour: boolean }): Promise<(ProcessMoment | null)[]> {
  const byPoint = Map.groupBy(await listProcessPoints(db(), edges, given), ({ point }) => point);
  return edges.slice(0, -1).map((_, index) => {
    const rows = byPoint.get(index + 1);
    return rows ? together(rows) : null;
  });
}

function together(rows: ProcessPoint[]): ProcessMoment {
  const most = (of: (row: ProcessPoint) => number) => Math.max(...rows.map(of));
  const sum = (of: (row: ProcessPoint) => number) => rows.reduce((all, row) => all + of(row), 0);
  const sizes = rows.flatMap(({ databaseBytes }) => databaseBytes ?? []);
  return {
    residentBytes: most((row) => row.residentBytes),
    leastResidentBytes: most((row) => row.leastResidentBytes),
    heapBytes: most((row) => row.heapBytes),
    lagP50Ms: most((row) => row.lagP50Ms),
    lagP99Ms: most((row) => row.lagP99Ms),
    cpuShare: most((row) => row.cpuShare),
    liveRuns: sum((row) => row.liveRuns),
    waitingCalls: sum((row) => row.waitingCalls),
    databaseBytes: sizes.length > 0 ? Math.max(...sizes) : null,
  };
}
