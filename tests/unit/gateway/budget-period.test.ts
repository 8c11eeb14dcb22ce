import { expect, test } from "vitest";
import { periodEnd, periodStart } from "@/lib/gateway/policy/budget-period";
import { usedShare } from "@/lib/gateway/policy/reserve-budget";

test("days and months begin and end at midnight UTC, over the end of a month and of a year", () => {
  const lateInYear = new Date("2026-12-31T23:59:59.999Z");
  expect(periodStart("day", lateInYear)).toBe("2026-12-31");
  expect(periodStart("month", lateInYear)).toBe("2026-12-01");
  expect(periodEnd("day", lateInYear).toISOString()).toBe("2027-01-01T00:00:00.000Z");
  expect(periodEnd("month", lateInYear).toISOString()).toBe("2027-01-01T00:00:00.000Z");
  const leapDay = new Date("2028-02-29T00:00:00.000Z");
  expect(periodStart("day", leapDay)).toBe("2028-02-29");
  expect(periodEnd("month", leapDay).toISOString()).toBe("2028-03-01T00:00:00.000Z");
});

test("of a budget of money and tokens the larger share counts, and one of nothing is used from the start", () => {
  const spent = { spentUsd: 1, spentTokens: 900 };
  expect(usedShare({ limitUsd: 10, limitTokens: 1_000 }, spent)).toBe(0.9);
  expect(usedShare({ limitUsd: null, limitTokens: 1_000 }, spent)).toBe(0.9);
  expect(usedShare({ limitUsd: 0, limitTokens: null }, { spentUsd: 0, spentTokens: 0 })).toBe(1);
});
