import { sparklinePoints } from "./sparkline-points";

const size = { width: 96, height: 20 };

/** How long a host's last health checks took, as a line, and the newest in figures. */
export function Sparkline({ checksMs }: { checksMs: number[] }) {
  const newest = checksMs.at(-1);
  if (newest === undefined) return null;
  const points = sparklinePoints(checksMs, size).map(({ x, y }) => `${x},${y}`);
  const words = `Health checks took ${Math.min(...checksMs)} to ${Math.max(...checksMs)} ms, the last one ${newest} ms`;
  return (
    <span className="flex items-center gap-2 text-xs text-muted-foreground tabular-nums">
      {points.length > 1 && (
        <svg role="img" aria-label={words} viewBox={`-1 -1 ${size.width + 2} ${size.height + 2}`} className="h-5 w-24 shrink-0 text-link">
          <title>{words}</title>
          <polyline points={points.join(" ")} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
        </svg>
      )}
      {newest} ms
    </span>
  );
}
