import { readFileSync } from "node:fs";
import path from "node:path";
import { runStep } from "../run-step.ts";
import { shorten } from "./shorten.ts";
import { emptyTally, failedOnce, flakyLimit, type Tally } from "./tally.ts";

type Test = { status: string; fullName: string; failureMessages?: string[] };
type Report = { testResults: { name: string; status: string; message?: string; assertionResults: Test[] }[] };
type Outcome = { tally: Tally; failedFiles: string[] };

/**
 * Runs one Vitest project, its output on the terminal. Files in which a test failed are run once more, alone: a test
 * that passes then is flaky. A file that does not load counts as one failure.
 */
export async function runVitest(root: string, project: string, workDir: string, timeoutMs: number): Promise<Tally> {
  const run = async (name: string, args: string[]): Promise<Outcome> => {
    const file = path.join(workDir, `vitest-${name}.json`);
    const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const all = [vitest, "run", "--project", project, ...reporters, ...args];
    const { ok } = await runStep(process.execPath, all, { cwd: root, timeoutMs, live: true });
    return readOutcome(root, file, ok, name);
  };
  const first = await run(project, []);
  const { failedFiles } = first;
  if (failedFiles.length === 0 || failedFiles.length > flakyLimit) return first.tally;
  console.log(`\nRunning again what failed: ${failedFiles.join(", ")}`);
  const again = await run(`${project}-again`, ["--maxWorkers=1", ...failedFiles]);
  return afterSecondRun(first.tally, again.tally);
}

/** The tally of a suite whose failed files were run again: what no longer fails is flaky. */
export function afterSecondRun(first: Tally, again: Tally): Tally {
  if (again.failed > 0) return first;
  return { ...first, passed: first.passed + first.failed, failed: 0, failures: [], flaky: first.failures };
}

function readOutcome(root: string, file: string, ok: boolean, name: string): Outcome {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { tally: failedOnce(`${name}: the run ended before its report was written`), failedFiles: [] };
  }
  const tally = emptyTally();
  const failedFiles = new Set<string>();
  for (const { name: fullPath, status, message, assertionResults } of report.testResults) {
    const testFile = path.relative(root, fullPath);
    const fail = (what: string, why: string | undefined) => {
      tally.failed += 1;
      tally.failures.push(`${testFile}: ${what}\n    ${shorten(why)}`);
      failedFiles.add(testFile);
    };
    for (const test of assertionResults) {
      if (test.status === "passed") tally.passed += 1;
      else if (test.status === "failed") fail(test.fullName, test.failureMessages?.[0]);
      else tally.skipped.push(`${testFile}: ${test.fullName}`);
    }
    if (status === "failed" && !failedFiles.has(testFile)) fail("the file itself", message);
  }
  if (!ok && tally.failed === 0)
    return { tally: { ...tally, ...failedOnce(`${name}: an error outside of every test`), passed: tally.passed }, failedFiles: [] };
  return { tally, failedFiles: [...failedFiles] };
}
