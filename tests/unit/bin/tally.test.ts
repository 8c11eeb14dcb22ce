import { expect, test } from "vitest";
import { afterSecondRun } from "@/bin/testing/run-vitest";
import { emptyTally, flakyLimit, report, total } from "@/bin/testing/tally";

const linesOf = (text: string) => text.split("\n").slice(1);

test("the last line is the count of passed and failed tests alone, with the skipped and failed ones and their reasons before it", () => {
  const sum = total([
    { ...emptyTally(), passed: 2, skipped: ["a: no Postgres"] },
    { ...emptyTally(), passed: 3, failed: 1, skipped: ["b: no model"], failures: ["c: 1 is not 2"] },
  ]);
  expect(linesOf(report(sum))).toEqual([
    "Skipped:",
    "  a: no Postgres",
    "  b: no model",
    "2 skipped",
    "Failed:",
    "  c: 1 is not 2",
    "5 passed, 1 failed",
  ]);
  expect(report(total([{ ...emptyTally(), passed: 1 }]))).toBe("\n1 passed, 0 failed");
});

test("a test that passes when its file is run again is named as flaky; one that fails again has failed", () => {
  const first = { ...emptyTally(), passed: 4, failed: 1, failures: ["c: too late"] };
  const passes = total([afterSecondRun(first, { ...emptyTally(), passed: 5 })]);
  expect(linesOf(report(passes))).toEqual(["Failed at first, passed when run again:", "  c: too late", "1 flaky", "5 passed, 0 failed"]);
  expect(afterSecondRun(first, { ...emptyTally(), passed: 4, failed: 1, failures: ["c: too late"] })).toEqual(first);
});

test("more flaky tests than a busy machine explains are failures", () => {
  const flaky = Array.from({ length: flakyLimit + 1 }, (_, index) => `test ${index}`);
  const sum = total([{ ...emptyTally(), passed: 10, flaky }]);
  expect(sum).toMatchObject({ passed: 10 - flaky.length, failed: flaky.length });
  expect(report(sum)).toContain(`${flaky.length} flaky; more than ${flakyLimit} count as failed`);
});
