/** What a suite came to. `skipped` has a line with the reason for each test that did not run. */
export type Tally = { passed: number; failed: number; skipped: string[] };

/** The sum of several suites. */
export function total(tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/** What `npm test` ends with: what was skipped and how many, then a last line for programs. */
export function report({ passed, failed, skipped }: Tally): string {
  const reasons = skipped.map((reason) => `  ${reason}\n`).join("");
  const skips = skipped.length > 0 ? `\nSkipped:\n${reasons}${skipped.length} skipped\n` : "\n";
  return `${skips}${passed} passed, ${failed} failed`;
}
