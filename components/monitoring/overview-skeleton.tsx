import { Skeleton } from "@/components/ui/skeleton";
import { chartHeight, chartsGrid, tilesGrid } from "./measures";

const tiles = ["requests", "errors", "first", "total", "speed", "tokens", "cost", "cache"];
const charts = ["requests", "errors", "first", "total"];

/** As large as what it stands for, so that nothing moves when that comes. */
export function OverviewSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <Skeleton className="h-8 w-full max-w-2xl" />
      <div className={tilesGrid}>
        {tiles.map((name) => (
          <Skeleton key={name} className="h-28" />
        ))}
      </div>
      <div className={chartsGrid}>
        {charts.map((name) => (
          <div key={name} className="rounded-lg border border-border p-4">
            <Skeleton className="mb-3 h-6 w-40" />
            <Skeleton className={chartHeight} />
          </div>
        ))}
      </div>
    </div>
  );
}
