/** A moment by the clocks of a time zone, written as if it were UTC; in milliseconds. */
function wallMs(moment: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** To make one takes fifty times as long as to use it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const kept = formats.get(timeZone);
  if (kept) return kept;
  const numeric = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
  const made = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", era: undefined, ...numeric });
  formats.set(timeZone, made);
  return made;
}

/**
 * The moment at which clocks of a time zone show a wall time, given as if it were UTC. One that the clocks leap over is the
 * moment of the leap as far past it; of one that comes twice it is the first.
 */
function momentOf(wall: number, timeZone: string): number {
  const before = wall - (wallMs(wall - 86_400_000, timeZone) - (wall - 86_400_000));
  if (wallMs(before, timeZone) === wall) return before;
  const after = wall - (wallMs(wall + 86_400_000, timeZone) - (wall + 86_400_000));
  return wallMs(after, timeZone) === wall ? after : before;
}

const dayMs = 86_400_000;

/** The moment a day begins in a time zone; `days` after the day that `moment` is on. */
export function startOfDay(moment: number, timeZone: string, days = 0): number {
  return momentOf(Math.floor(wallMs(moment, timeZone) / dayMs) * dayMs + days * dayMs, timeZone);
}

/** The same time of day, so many days later or earlier. */
export function shiftDays(moment: number, timeZone: string, days: number): number {
  return momentOf(Math.floor(wallMs(moment, timeZone) / 1000) * 1000 + days * dayMs, timeZone) + (moment % 1000);
}

/** The day that a moment is on in a time zone, as `2026-07-01`. */
export const dayIn = (moment: number, timeZone: string): string => new Date(wallMs(moment, timeZone)).toISOString().slice(0, 10);
