import { readFileSync } from "node:fs";
import path from "node:path";
import { runStep } from "../run-step.ts";
import type { Tally } from "./tally.ts";

type Suite = {
  suites?: Suite[];
  specs?: {
    title: string;
    tests: { status: "expected" | "unexpected" | "flaky" | "skipped"; annotations: { description?: string }[] }[];
  }[];
};
type Report = { suites: Suite[]; errors: unknown[] };

/** Runs the browser tests, their output on the terminal. */
export async function runPlaywright(root: string, workDir: string, timeoutMs: number): Promise<Tally> {
  const file = path.join(workDir, "playwright.json");
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = file;
  const cli = path.join(root, "node_modules", "@playwright", "test", "cli.js");
  const { ok } = await runStep(process.execPath, [cli, "test", "--reporter=list,json"], { cwd: root, timeoutMs, live: true });
  const tally = readTally(file);
  if (!ok && tally.failed === 0) return { ...tally, failed: 1 };
  return tally;
}

function readTally(file: string): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    for (const suite of report.suites) addSuite(suite, tally);
  } catch {
    tally.failed += 1;
  }
  return tally;
}

function addSuite(suite: Suite, tally: Tally): void {
  for (const inner of suite.suites ?? []) addSuite(inner, tally);
  for (const { title, tests } of suite.specs ?? []) {
    for (const { status, annotations } of tests) {
      if (status === "expected") tally.passed += 1;
      else if (status === "skipped")
        tally.skipped.push(`browser: ${title}${annotations[0]?.description ? ` (${annotations[0].description})` : ""}`);
      else tally.failed += 1;
    }
  }
}
