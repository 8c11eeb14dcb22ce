"use client";

import Link from "next/link";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

/** A day, as `2026-07-01`, how much of it was used (0 to 4), in words, and the link to its calls. */
type Cell = { day: string; level: number; text: string; href: string };

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const month = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });
const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7, Home: -400, End: 400 };
const shades = ["var(--muted)", ...[30, 52, 76, 100].map((share) => `color-mix(in oklab, var(--series-1) ${share}%, var(--card))`)];

/** A year as a grid of weeks. One day at a time takes the focus; the arrows go from day to day, Enter shows the day's calls. */
export function HeatMap({ cells }: { cells: Cell[] }) {
  const [chosen, setChosen] = useState(cells.length - 1);
  const grid = useRef<HTMLDivElement>(null);
  // The newest days are at the end, which a narrow page would leave out of sight.
  useEffect(() => grid.current?.scrollTo({ left: grid.current.scrollWidth }), []);
  const lead = cells[0] ? (new Date(cells[0].day).getUTCDay() + 6) % 7 : 0;
  const weeks = Math.ceil((lead + cells.length) / 7);
  const at = (week: number, weekday: number) => week * 7 + weekday - lead;
  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(chosen + step, 0), cells.length - 1);
    setChosen(next);
    grid.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
  }
  return (
    <div className="flex flex-col gap-2">
      <div ref={grid} className="overflow-x-auto pb-1">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
          role="grid"
          aria-label="Use by day"
          onKeyDown={onKeyDown}
          className="border-separate border-spacing-[3px] text-2xs text-muted-foreground"
        >
          <thead>
            <tr>
              <td />
              {Array.from({ length: weeks }, (_, week) => (
                <td key={`week-${week.toString()}`} className="relative h-4 w-3.5">
                  <span className="absolute bottom-0 left-0 whitespace-nowrap">{monthOf(cells, at(week, 0))}</span>
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((name, weekday) => (
              <tr key={name}>
                <th scope="row" className="sticky left-0 bg-card pr-1 text-left font-normal">
                  <span className={weekday % 2 === 0 ? "" : "sr-only"}>{name}</span>
                </th>
                {Array.from({ length: weeks }, (_, week) => {
                  const index = at(week, weekday);
                  const cell = cells[index];
                  return cell ? (
                    <td key={cell.day} className="p-0">
                      <Link
                        href={cell.href}
                        prefetch={false}
                        data-at={index}
                        tabIndex={index === chosen ? 0 : -1}
                        aria-label={cell.text}
                        title={cell.text}
                        onFocus={() => setChosen(index)}
                        className="block size-3.5 rounded-[3px]"
                        style={{ background: shades[cell.level] }}
                      />
                    </td>
                  ) : (
                    <td key={`none-${index.toString()}`} />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-xs text-muted-foreground">
        <p className="tabular-nums">{cells[chosen]?.text}</p>
        <p aria-hidden className="flex items-center gap-1">
          Less
          {shades.map((shade) => (
            <span key={shade} className="size-3 rounded-[3px]" style={{ background: shade }} />
          ))}
          More
        </p>
      </div>
    </div>
  );
}

/** The name of the month that begins in a week, over its column. */
function monthOf(cells: Cell[], monday: number): string {
  const begins = cells.slice(Math.max(monday, 0), monday + 7).find(({ day }) => day.endsWith("-01"));
  return begins ? month.format(new Date(begins.day)) : "";
}
