import type { Figures, Overview, Percentiles } from "@/lib/monitoring/overview/contract";
import { type Figure, FigureTile } from "./figure-tile";
import { tilesGrid } from "./measures";
import { unitText } from "./unit-text";

/** The figures of a range, each beside the period before. */
export function FigureTiles({ now, before }: Pick<Overview, "now" | "before">) {
  const one = (of: (figures: Figures) => number | null, unit: Figure["unit"], good?: Figure["good"]): Figure[] => [
    { value: of(now), before: of(before), unit, good },
  ];
  const spread = (of: (figures: Figures) => Percentiles): Figure[] =>
    (["p50", "p95", "p99"] as const).map((name) => ({ name, value: of(now)[name], before: of(before)[name], unit: "ms", good: "down" }));
  return (
    <section aria-label="Figures">
      <dl className={tilesGrid}>
        <FigureTile label="Requests" figures={one(({ calls }) => calls, "count")} />
        <FigureTile
          label="Errors"
          figures={one(({ failures, calls }) => shareOf(failures, calls), "share", "down")}
          note={`${unitText(now.failures, "count")} of ${unitText(now.calls, "count")}`}
        />
        <FigureTile label="Time to first token" figures={spread(({ firstToken }) => firstToken)} />
        <FigureTile label="Total time" figures={spread(({ total }) => total)} />
        <FigureTile label="Speed" figures={one(({ tokensPerSecond }) => tokensPerSecond, "perSecond", "up")} />
        <FigureTile
          label="Tokens"
          figures={one(({ inputTokens, outputTokens }) => inputTokens + outputTokens, "count")}
          note={`${unitText(now.inputTokens, "count")} in, ${unitText(now.outputTokens, "count")} out`}
        />
        <FigureTile label="Cost" figures={one(({ costUsd }) => costUsd, "usd")} />
        <FigureTile
          label="Cache hits"
          figures={one(({ cacheHits, calls }) => shareOf(cacheHits, calls), "share", "up")}
          note={`Waited in line: ${unitText(now.calls === 0 ? null : now.queuedMs / now.calls, "ms")} on average`}
        />
      </dl>
    </section>
  );
}

const shareOf = (part: number, all: number) => (all === 0 ? null : part / all);
