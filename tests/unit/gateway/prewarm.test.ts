import { afterAll, beforeAll, expect, test } from "vitest";
import { isDue, wallMinutes } from "@/lib/gateway/prewarm/due-times";

const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = "Europe/Berlin";
});
afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const everyDay = [0, 1, 2, 3, 4, 5, 6];

/** How often a time is due while the clock goes from one moment to another, looked at once a minute. */
function timesDue(times: { days: number[]; times: string[] }, from: string, to: string): string[] {
  const due: string[] = [];
  let seenUntil = wallMinutes(new Date(from));
  for (let at = Date.parse(from) + 60_000; at <= Date.parse(to); at += 60_000) {
    const until = wallMinutes(new Date(at));
    if (isDue(times, seenUntil, until)) due.push(new Date(at).toISOString());
    seenUntil = Math.max(seenUntil, until);
  }
  return due;
}

test("a time is due once on each of its days, by the server's own clock", () => {
  // Monday 2 to Wednesday 4 March 2026.
  const due = timesDue({ days: [1, 3], times: ["08:00", "13:30"] }, "2026-03-01T23:00:00Z", "2026-03-04T23:00:00Z");
  expect(due).toEqual(["2026-03-02T07:00:00.000Z", "2026-03-02T12:30:00.000Z", "2026-03-04T07:00:00.000Z", "2026-03-04T12:30:00.000Z"]);
});

test("a time that the clocks leap over in spring is due when they do", () => {
  // At 01:00 UTC on 29 March 2026 the clock goes from 02:00 to 03:00.
  expect(timesDue({ days: everyDay, times: ["02:30"] }, "2026-03-28T23:00:00Z", "2026-03-29T21:00:00Z")).toEqual([
    "2026-03-29T01:00:00.000Z",
  ]);
  expect(timesDue({ days: everyDay, times: ["02:00"] }, "2026-03-28T23:00:00Z", "2026-03-29T21:00:00Z")).toEqual([
    "2026-03-29T01:00:00.000Z",
  ]);
});

test("a time that comes twice when the clocks are put back is due the first time only", () => {
  // At 01:00 UTC on 25 October 2026 the clock goes from 03:00 back to 02:00.
  expect(timesDue({ days: everyDay, times: ["02:30"] }, "2026-10-24T23:00:00Z", "2026-10-25T21:00:00Z")).toEqual([
    "2026-10-25T00:30:00.000Z",
  ]);
});

test("what a process missed over midnight is due on the day it was set for", () => {
  const [before, after] = [new Date("2026-03-02T22:50:00Z"), new Date("2026-03-02T23:20:00Z")].map(wallMinutes);
  expect(isDue({ days: [1], times: ["23:55"] }, before ?? 0, after ?? 0)).toBe(true);
  expect(isDue({ days: [2], times: ["00:10"] }, before ?? 0, after ?? 0)).toBe(true);
  expect(isDue({ days: [2], times: ["23:55"] }, before ?? 0, after ?? 0)).toBe(false);
  expect(isDue({ days: [1], times: ["00:10"] }, before ?? 0, after ?? 0)).toBe(false);
});
