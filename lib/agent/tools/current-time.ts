import { z } from "zod";
import { defineTool } from "./tool";

/** Whether the runtime knows an IANA time zone. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The moment as people in a zone read it, with its offset from UTC, week day and ISO week. */
export function describeMoment(moment: Date, timeZone: string) {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" });
  const part = (options: Intl.DateTimeFormatOptions, type: Intl.DateTimeFormatPartTypes) =>
    new Intl.DateTimeFormat("en", { timeZone, ...options }).formatToParts(moment).find((found) => found.type === type)?.value ?? "";
  const [date = "", time = ""] = format.format(moment).split(", ");
  const offset = part({ timeZoneName: "longOffset" }, "timeZoneName").replace("GMT", "") || "+00:00";
  return {
    timeZone,
    date,
    time,
    utcOffset: offset,
    weekday: part({ weekday: "long" }, "weekday"),
    isoWeek: isoWeekOf(date),
    utc: moment.toISOString(),
  };
}

/** The ISO 8601 week of a date such as 2026-11-21: weeks start on Monday, the first holds the year's first Thursday. */
function isoWeekOf(date: string): number {
  const thursday = new Date(`${date}T00:00:00Z`);
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const yearStart = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.ceil(((thursday.getTime() - yearStart) / 86_400_000 + 1) / 7);
}

export const currentTime = defineTool({
  name: "current_time",
  description:
    "Tells the date and time now, in any time zone. Use it whenever the answer depends on today's date, the time or the week day.",
  input: z.object({
    timeZone: z
      .string()
      .max(64)
      .refine(isTimeZone, "Not an IANA time zone; use one like Europe/Berlin or UTC")
      .default("UTC")
      .describe("IANA time zone, as in Asia/Tokyo; UTC unless told"),
  }),
  timeoutMs: 1_000,
  risk: "read",
  maxOutputChars: 1_000,
  run: ({ timeZone }) => describeMoment(new Date(), timeZone),
});
