"use client";

import { ChartColumn, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useId, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/core/class-names";
import { ChartLegend } from "./chart-legend";
import { ChartTable } from "./chart-table";
import type { ChartData } from "./chart-types";
import { chartHeight } from "./measures";

const TimeChart = dynamic(() => import("./time-chart").then(({ TimeChart }) => TimeChart), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});

type Props = ChartData & { note?: string };

/** A chart with its legend, and at a press the table behind it. */
export function ChartCard({ note, ...chart }: Props) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  const isEmpty = chart.series.every(({ values }) => values.every((value) => value === null || value === 0));
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2 rounded-lg border border-border bg-card p-4">
      <div className="flex items-center gap-2">
        <h2 id={id} className="text-sm font-medium">
          {chart.title}
        </h2>
        {note && <p className="min-w-0 flex-1 truncate text-xs text-muted-foreground">{note}</p>}
        <IconButton
          label={isTable ? `Show ${chart.title} as a chart` : `Show ${chart.title} as a table`}
          className="-my-1 ml-auto"
          onClick={() => setTable(!isTable)}
        >
          {isTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
        </IconButton>
      </div>
      <div className={cn(chartHeight, "min-w-0")}>
        {isTable && <ChartTable {...chart} />}
        {!isTable && isEmpty && (
          <p className="flex h-full items-center justify-center rounded-md bg-muted text-sm text-muted-foreground">Nothing in this time</p>
        )}
        {!isTable && !isEmpty && <TimeChart {...chart} />}
      </div>
      <ChartLegend series={chart.series} shape={chart.shape} />
    </section>
  );
}
