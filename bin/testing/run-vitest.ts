import { readFileSync } from "node:fs";
import path from "node:path";
import { runStep } from "../run-step.ts";
import type { Tally } from "./tally.ts";

type Report = { testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[] };

/** Runs one Vitest project, its output on the terminal. A file that does not load counts as one failure. */
export async function runVitest(root: string, project: string, workDir: string, timeoutMs: number): Promise<Tally> {
  const file = path.join(workDir, `vitest-${project}.json`);
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { ok } = await runStep(process.execPath, [vitest, "run", "--project", project, ...reporters], { cwd: root, timeoutMs, live: true });
  const tally = readTally(file);
  if (!ok && tally.failed === 0) return { ...tally, failed: 1 };
  return tally;
}

function readTally(file: string): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { ...tally, failed: 1 };
  }
  for (const { name, status, assertionResults } of report.testResults) {
    if (status === "failed" && !assertionResults.some((test) => test.status === "failed")) tally.failed += 1;
    for (const test of assertionResults) {
      if (test.status === "passed") tally.passed += 1;
      else if (test.status === "failed") tally.failed += 1;
      else tally.skipped.push(`${path.relative(process.cwd(), name)}: ${test.fullName}`);
    }
  }
  return tally;
}
