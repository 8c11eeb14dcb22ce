type Step = "minute" | "quarter" | "hour" | "day";

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const day = { day: "numeric", month: "short" } as const;

/** A moment of a chart by the reader's clock: `tick` for the axis, `label` in full. */
export function pointText(from: string, { step, timeZone }: { step: Step; timeZone: string }): { tick: string; label: string } {
  const moment = new Date(from);
  const text = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).format(moment);
  if (step === "day") return { tick: text(day), label: text({ weekday: "short", ...day, year: "numeric" }) };
  if (step === "hour") return { tick: text(day), label: text({ weekday: "short", ...day, ...clock }) };
  return { tick: text(clock), label: text({ ...day, ...clock }) };
}

/** A moment by the reader's clock, to the second. */
export function momentText(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { ...day, ...clock, second: "2-digit", timeZone }).format(new Date(at));
}

/** From when to when a range is, by the reader's clock. */
export function rangeText({ from, to }: { from: string; to: string }, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { ...day, year: "numeric", ...clock, timeZone }).formatRange(new Date(from), new Date(to));
}
