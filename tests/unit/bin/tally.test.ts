import { expect, test } from "vitest";
import { report, total } from "@/bin/testing/tally";

test("the last line is the count of passed and failed tests alone, with the skipped ones and their reasons before it", () => {
  const sum = total([
    { passed: 2, failed: 0, skipped: ["a: no Postgres"] },
    { passed: 3, failed: 1, skipped: ["b: no model"] },
  ]);
  expect(report(sum).split("\n").slice(1)).toEqual(["Skipped:", "  a: no Postgres", "  b: no model", "2 skipped", "5 passed, 1 failed"]);
  expect(report(total([{ passed: 1, failed: 0, skipped: [] }]))).toBe("\n1 passed, 0 failed");
});
