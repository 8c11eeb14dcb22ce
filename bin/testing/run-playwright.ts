import { readFileSync } from "node:fs";
import path from "node:path";
import { runStep } from "../run-step.ts";
import { shorten } from "./shorten.ts";
import { emptyTally, failedOnce, type Tally } from "./tally.ts";

type Suite = {
  suites?: Suite[];
  specs?: {
    title: string;
    tests: {
      status: "expected" | "unexpected" | "flaky" | "skipped";
      annotations: { description?: string }[];
      results: { error?: { message?: string } }[];
    }[];
  }[];
};
type Report = { suites: Suite[]; errors: unknown[] };

/** Runs the browser tests, their output on the terminal; one that fails is tried once more, and flaky if it passes then. */
export async function runPlaywright(root: string, workDir: string, timeoutMs: number): Promise<Tally> {
  const file = path.join(workDir, "playwright.json");
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = file;
  const cli = path.join(root, "node_modules", "@playwright", "test", "cli.js");
  const { ok } = await runStep(process.execPath, [cli, "test", "--retries=1", "--reporter=list,json"], {
    cwd: root,
    timeoutMs,
    live: true,
  });
  const tally = readTally(file);
  if (!ok && tally.failed === 0) return { ...tally, failed: 1, failures: ["browser tests: an error outside of every test"] };
  return tally;
}

function readTally(file: string): Tally {
  const tally = emptyTally();
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    for (const suite of report.suites) addSuite(suite, tally);
  } catch {
    return failedOnce("browser tests: the run ended before its report was written");
  }
  return tally;
}

function addSuite(suite: Suite, tally: Tally): void {
  for (const inner of suite.suites ?? []) addSuite(inner, tally);
  for (const { title, tests } of suite.specs ?? []) {
    for (const { status, annotations, results } of tests) {
      const failure = () => `browser: ${title}\n    ${shorten(results.find(({ error }) => error)?.error?.message)}`;
      if (status === "expected" || status === "flaky") tally.passed += 1;
      if (status === "flaky") tally.flaky.push(failure());
      if (status === "skipped")
        tally.skipped.push(`browser: ${title}${annotations[0]?.description ? ` (${annotations[0].description})` : ""}`);
      if (status === "unexpected") {
        tally.failed += 1;
        tally.failures.push(failure());
      }
    }
  }
}
