import { describe, expect, test } from "vitest";
import { timeRange } from "@/lib/monitoring/overview/time-range";
import { dayIn, shiftDays, startOfDay } from "@/lib/monitoring/overview/zone";

const at = (text: string) => Date.parse(text);
const texts = (edges: number[]) => edges.map((edge) => new Date(edge).toISOString());
const hours = (edges: number[]) => edges.slice(1).map((edge, index) => (edge - (edges[index] ?? 0)) / 3_600_000);

describe("days of a time zone", () => {
  test("a day begins at midnight of the zone, before and after its clocks change", () => {
    expect(startOfDay(at("2026-03-29T12:00:00Z"), "Europe/Berlin")).toBe(at("2026-03-28T23:00:00Z"));
    expect(startOfDay(at("2026-03-29T12:00:00Z"), "Europe/Berlin", 1)).toBe(at("2026-03-29T22:00:00Z"));
    expect(startOfDay(at("2026-10-25T12:00:00Z"), "Europe/Berlin")).toBe(at("2026-10-24T22:00:00Z"));
    expect(startOfDay(at("2026-10-25T12:00:00Z"), "Europe/Berlin", 1)).toBe(at("2026-10-25T23:00:00Z"));
    expect(startOfDay(at("2026-06-01T20:00:00Z"), "Asia/Kolkata")).toBe(at("2026-06-01T18:30:00Z"));
  });

  test("a midnight that the clocks leap over is the moment of the leap", () => {
    expect(startOfDay(at("2026-04-24T12:00:00Z"), "Africa/Cairo")).toBe(at("2026-04-23T22:00:00Z"));
    expect(dayIn(at("2026-04-23T21:59:59Z"), "Africa/Cairo")).toBe("2026-04-23");
    expect(dayIn(at("2026-04-23T22:00:00Z"), "Africa/Cairo")).toBe("2026-04-24");
  });

  test("the same time a day later is 23 hours later when the clocks go forward", () => {
    expect(shiftDays(at("2026-03-28T11:00:00.123Z"), "Europe/Berlin", 1)).toBe(at("2026-03-29T10:00:00.123Z"));
  });
});

describe("the range of a view", () => {
  const now = at("2026-04-02T10:07:30Z");

  test("an hour is cut into minutes, a day into quarters of an hour, a week into hours, up to the one that is now", () => {
    const cuts = (["1h", "24h", "7d"] as const).map((range) => timeRange({ range }, "Europe/Berlin", now));
    expect(cuts.map(({ step, edges }) => [step, edges.length - 1, texts(edges).at(-1)])).toEqual([
      ["minute", 60, "2026-04-02T10:08:00.000Z"],
      ["quarter", 96, "2026-04-02T10:15:00.000Z"],
      ["hour", 168, "2026-04-02T11:00:00.000Z"],
    ]);
    for (const { edges, before } of cuts) {
      expect(before.at(-1)).toBe(edges[0]);
      expect(hours(before)).toEqual(hours(edges));
    }
  });

  test("thirty days are the reader's own, one of 23 hours where the clocks went forward, compared with thirty days", () => {
    const { step, grain, edges, before } = timeRange({ range: "30d" }, "Europe/Berlin", now);
    expect([step, grain, edges.length - 1, texts(edges)[0]]).toEqual(["day", "hour", 30, "2026-03-03T23:00:00.000Z"]);
    expect(hours(edges)[25]).toBe(23);
    expect(hours(edges).filter((length) => length === 24)).toHaveLength(28);
    expect(before).toHaveLength(31);
    expect(texts([before[0] ?? 0, before.at(-1) ?? 0])).toEqual(["2026-02-01T23:00:00.000Z", "2026-03-03T12:00:00.000Z"]);
    expect(new Set(hours(before).slice(0, -1))).toEqual(new Set([24]));
  });

  test("days that begin at half past are read from quarters of an hour", () => {
    expect(timeRange({ range: "30d" }, "Asia/Kolkata", now).grain).toBe("quarter");
    expect(timeRange({ range: "30d" }, "Asia/Kathmandu", now).grain).toBe("quarter");
    expect(timeRange({ range: "30d" }, "America/New_York", now).grain).toBe("hour");
  });

  test("a range of one's own keeps its ends, and one of long ago is cut by what is still kept", () => {
    const own = timeRange({ range: "1h", from: "2026-04-01T08:00:00Z", to: "2026-04-01T09:00:00Z" }, "UTC", now);
    expect([own.step, ...texts([own.edges[0] ?? 0, own.edges.at(-1) ?? 0])]).toEqual([
      "minute",
      "2026-04-01T08:00:00.000Z",
      "2026-04-01T09:00:00.000Z",
    ]);
    const old = timeRange({ range: "1h", from: "2026-02-01T08:00:00Z", to: "2026-02-01T09:00:00Z" }, "UTC", now);
    expect([old.step, old.edges.length - 1]).toEqual(["quarter", 4]);
    const older = timeRange({ range: "1h", from: "2024-02-01T08:00:00Z", to: "2024-02-02T08:00:00Z" }, "Asia/Kolkata", now);
    expect([older.step, older.grain]).toEqual(["hour", "hour"]);
  });

  test("an end before its beginning, or an endless range, is still a range", () => {
    expect(timeRange({ range: "1h", from: "2026-04-01T08:00:00Z", to: "2026-03-01T08:00:00Z" }, "UTC", now).edges.length).toBeGreaterThan(
      1,
    );
    expect(timeRange({ range: "1h", from: "1970-01-01T00:00:00Z" }, "UTC", now).edges.length).toBeLessThan(1_101);
  });
});
