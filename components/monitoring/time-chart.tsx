"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useRef } from "react";
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { cn } from "@/lib/core/class-names";
import { type ChartData, styleOf } from "./chart-types";
import { PointTooltip } from "./point-tooltip";
import { axisText } from "./unit-text";

const tick = { fontSize: 11, fill: "var(--muted-foreground)" };

/**
 * Values over time as stacked bars or as lines. A press on a point leads to its calls; with the keyboard the arrows go from
 * point to point and Enter leads there. Charts of one page show the same point at once.
 */
export function TimeChart({ title, unit, shape, series, points }: ChartData) {
  const router = useRouter();
  const active = useRef<number | null>(null);
  const isLinked = points.some(({ href }) => href !== undefined);
  const data = points.map((_, index) => ({ index, values: series.map(({ values }) => values[index] ?? null) }));
  const open = (index: number | null) => {
    const href = index === null ? undefined : points[index]?.href;
    if (href !== undefined) router.push(href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") open(active.current);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the chart inside takes the focus
    <div className={cn("size-full [&_.recharts-surface]:outline-offset-2", isLinked && "cursor-pointer")} onKeyDown={onKeyDown}>
      <ResponsiveContainer width="100%" height="100%" debounce={50}>
        <ComposedChart
          data={data}
          syncId="monitoring"
          barCategoryGap="12%"
          aria-label={title}
          desc={`The arrows go from point to point${isLinked ? ", Enter shows the point's calls" : ""}.`}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          onClick={({ activeTooltipIndex }) => open(activeTooltipIndex === undefined ? null : Number(activeTooltipIndex))}
        >
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis
            dataKey="index"
            tickFormatter={(index: number) => points[index]?.tick ?? ""}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: "var(--border)" }}
            minTickGap={36}
          />
          <YAxis
            width={64}
            tick={tick}
            tickLine={false}
            axisLine={false}
            tickCount={4}
            allowDecimals={unit !== "count"}
            domain={[0, "auto"]}
            tickFormatter={(value: number) => axisText(value, unit)}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={shape === "bars" ? { fill: "var(--hover)" } : { stroke: "var(--input)" }}
            content={({ active: isActive, label }) => (
              <PointTooltip
                {...{ series, points, unit, shape }}
                index={isActive && label !== undefined ? Number(label) : null}
                onShow={(index) => {
                  active.current = index;
                }}
              />
            )}
          />
          {series.map((one, index) => {
            const { shape: drawnAs, colour, dash } = styleOf(one, index, shape);
            const dataKey = ({ values }: (typeof data)[number]) => values[index];
            const shared = { name: one.label, dataKey, isAnimationActive: false };
            if (drawnAs === "bars") return <Bar key={one.key} {...shared} stackId="all" fill={colour} maxBarSize={28} />;
            return (
              <Line
                key={one.key}
                {...shared}
                stroke={colour}
                strokeDasharray={dash}
                strokeWidth={1.75}
                dot={(point) => <LonelyDot key={point.index} {...point} values={one.values} colour={colour} />}
                activeDot={{ r: 3.5 }}
              />
            );
          })}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

type DotProps = { index: number; cx?: number; cy?: number; values: (number | null)[]; colour: string };

/** A value between two gaps has no line to be seen by, so that it is a dot. */
function LonelyDot({ index, cx, cy, values, colour }: DotProps) {
  const isAlone = (values[index] ?? null) !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
  return isAlone ? <circle cx={cx} cy={cy} r={2} fill={colour} /> : null;
}
