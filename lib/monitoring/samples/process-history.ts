import { db } from "@/db/database";
import { listProcessPoints, type ProcessPoint } from "@/db/queries/process-samples";
import type { ProcessMoment } from "./contract";

/** How Hearth's processes were between moments, in milliseconds and ascending; null where none was looked at. For admins. */
export async function processHistory(edges: readonly number[]): Promise<(ProcessMoment | null)[]> {
  const byPoint = Map.groupBy(await listProcessPoints(db(), edges), ({ point }) => point);
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
    heapBytes: most((row) => row.heapBytes),
    lagP50Ms: most((row) => row.lagP50Ms),
    lagP99Ms: most((row) => row.lagP99Ms),
    cpuShare: most((row) => row.cpuShare),
    liveRuns: sum((row) => row.liveRuns),
    waitingCalls: sum((row) => row.waitingCalls),
    databaseBytes: sizes.length > 0 ? Math.max(...sizes) : null,
  };
}
