import type { PrewarmTimes } from "@/db/schema/json";

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

/**
 * What the clock on the wall shows, as minutes since its own 1 January 1970. Where clocks are put forward it leaps, where
 * they are put back it shows the same hour twice.
 */
export function wallMinutes(at: Date): number {
  return Math.floor(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes()) / minuteMs);
}

/**
 * Whether a time came after `from` and not after `to`, both of the wall's clock. So a time that the change of clocks leaps
 * over is due at once, and one that comes twice is due once.
 */
export function isDue({ days, times }: PrewarmTimes, from: number, to: number): boolean {
  for (let day = Math.floor(from / dayMinutes); day * dayMinutes <= to; day++) {
    // Day 0 was a Thursday.
    if (!days.includes((day + 4) % 7)) continue;
    const isBetween = (time: string) => {
      const [hours = 0, minutes = 0] = time.split(":").map(Number);
      const at = day * dayMinutes + hours * 60 + minutes;
      return at > from && at <= to;
    };
    if (times.some(isBetween)) return true;
  }
  return false;
}
