/**
 * What a suite came to. `skipped` has a line with the reason for each test that did not run, `failures` the name and
 * the message of each that failed, `flaky` the same of each that failed among others and passed when run again.
 */
export type Tally = { passed: number; failed: number; skipped: string[]; failures: string[]; flaky: string[] };

/** How many tests of a whole run may pass only when run again; with more, each of them counts as failed. */
export const flakyLimit = 3;

export const emptyTally = (): Tally => ({ passed: 0, failed: 0, skipped: [], failures: [], flaky: [] });

/** A suite in which one thing failed, which `reason` names. */
export const failedOnce = (reason: string): Tally => ({ ...emptyTally(), failed: 1, failures: [reason] });

/** The sum of several suites, in which more than `flakyLimit` flaky tests are failed ones. */
export function total(tallies: Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    sum.passed += tally.passed;
    sum.failed += tally.failed;
    sum.skipped.push(...tally.skipped);
    sum.failures.push(...tally.failures);
    sum.flaky.push(...tally.flaky);
  }
  if (sum.flaky.length <= flakyLimit) return sum;
  return { ...sum, passed: sum.passed - sum.flaky.length, failed: sum.failed + sum.flaky.length };
}

/** What `npm test` ends with: what was skipped, flaky and failed, then a last line for programs. */
export function report({ passed, failed, skipped, failures, flaky }: Tally): string {
  const tooMany = flaky.length > flakyLimit ? `; more than ${flakyLimit} count as failed` : "";
  const parts = [
    section("Skipped", skipped, `${skipped.length} skipped`),
    section("Failed at first, passed when run again", flaky, `${flaky.length} flaky${tooMany}`),
    section("Failed", failures),
  ];
  return `\n${parts.join("")}${passed} passed, ${failed} failed`;
}

function section(title: string, lines: string[], count?: string): string {
  if (lines.length === 0) return "";
  return `${title}:\n${lines.map((line) => `  ${line}\n`).join("")}${count ? `${count}\n` : ""}`;
}
