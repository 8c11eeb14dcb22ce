"use client";

import { Download, Pause, Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { LogQuery } from "@/lib/monitoring/logs/contract";
import { logHref } from "./log-href";
import { LogRow } from "./log-row";
import { maxLines } from "./merge-lines";
import { useLogTail } from "./use-log-tail";

type Props = { query: LogQuery; timeZone: string };

/** What all processes log, the newest on top, as it is written. */
export function LogTail({ query, timeZone }: Props) {
  const tail = useLogTail(logHref(query, {}, "/api/monitoring/logs/stream"));
  const { lines, held, leftOut, isPaused, isConnected, hasBegun } = tail;
  const isFiltered = Object.values(query).some((value) => value !== undefined);
  return (
    <section aria-label="Log" className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={isPaused ? tail.resume : tail.pause}>
          {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {isPaused ? "Resume" : "Pause"}
        </Button>
        <Button asChild>
          <a href={logHref(query, {}, "/api/monitoring/logs")} download>
            <Download aria-hidden />
            Download
          </a>
        </Button>
        <p role="status" className="text-sm text-muted-foreground tabular-nums">
          {statusText({ isPaused, isConnected, held: held.length })}
        </p>
      </div>
      {leftOut > 0 && (
        <p className="text-sm text-muted-foreground">
          {leftOut.toLocaleString("en-GB")} {leftOut === 1 ? "line was" : "lines were"} left out: they came faster than they can be shown.
          The download has all that are kept.
        </p>
      )}
      {lines.length === 0 ? (
        <p aria-busy={!hasBegun} className="rounded-lg border border-border bg-card px-4 py-10 text-center text-sm text-muted-foreground">
          {emptyText({ hasBegun, isFiltered })}
        </p>
      ) : (
        <ol aria-label="Log lines" className="min-w-0 overflow-hidden rounded-lg border border-border bg-card text-sm">
          {lines.map((line) => (
            <LogRow key={line.id} {...{ line, query, timeZone }} />
          ))}
        </ol>
      )}
      {lines.length === maxLines && (
        <p className="text-xs text-muted-foreground">
          The newest {maxLines.toLocaleString("en-GB")} lines. The download has all that are kept.
        </p>
      )}
    </section>
  );
}

function statusText({ isPaused, isConnected, held }: { isPaused: boolean; isConnected: boolean; held: number }): string {
  if (isPaused) return held === 0 ? "Paused" : `Paused, ${held >= maxLines ? `${maxLines} or more` : held} new`;
  return isConnected ? "Live" : "Connecting…";
}

function emptyText({ hasBegun, isFiltered }: { hasBegun: boolean; isFiltered: boolean }): string {
  if (!hasBegun) return "Reading the log…";
  return isFiltered ? "No line matches. New ones that do appear here." : "Nothing was logged yet. New lines appear here.";
}
