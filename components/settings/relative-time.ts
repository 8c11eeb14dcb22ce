const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** A past moment for people: "3 minutes ago", "yesterday". Needs no time zone, so that server and browser agree. */
export function relativeTime(moment: Date, now: Date): string {
  const ageS = (now.getTime() - moment.getTime()) / 1000;
  const step = steps.find(([, seconds]) => ageS >= seconds);
  if (!step) return "just now";
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.floor(ageS / step[1]), step[0]);
}
