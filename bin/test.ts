/** `npm test`: every check and test, one after the other, going on after a failure; the last line counts them all. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildApp, isBuilt } from "./build-app.ts";
import { runChecks } from "./run-checks.ts";
import { findPostgres } from "./testing/find-postgres.ts";
import { provideBrowser } from "./testing/provide-browser.ts";
import { provideModel } from "./testing/provide-model.ts";
import { runPlaywright } from "./testing/run-playwright.ts";
import { runVitest } from "./testing/run-vitest.ts";
import { startPostgres } from "./testing/start-postgres.ts";
import { emptyTally, failedOnce, report, type Tally, total } from "./testing/tally.ts";

const root = path.dirname(import.meta.dirname);
const minute = 60_000;
process.chdir(root);

const workDir = mkdtempSync(path.join(tmpdir(), "hearth-tests-"));
const tallies: Tally[] = [];
const suite = async (name: string, run: () => Promise<Tally>) => {
  console.log(`\n── ${name} ──`);
  const tally = await run().catch((error): Tally => {
    console.error(error instanceof Error ? error.message : error);
    return failedOnce(name);
  });
  tallies.push(tally);
};

const server = await providePostgres();
try {
  await provideRealModel();
  await suite("checks", runChecks);
  await suite("unit tests", () => runVitest(root, "unit", workDir, 3 * minute));
  await suite("integration tests", () => runVitest(root, "integration", workDir, 25 * minute));
  await suite("build", build);
  await suite("deployment tests", () => runVitest(root, "deployment", workDir, 8 * minute));
  await suite("browser tests", browserTests);
} finally {
  await server?.stop();
  rmSync(workDir, { recursive: true, force: true });
}

const sum = total(tallies);
console.log(report(sum));
process.exit(sum.failed === 0 ? 0 : 1);

async function providePostgres() {
  try {
    const bin = await findPostgres(workDir);
    if (!bin) throw new Error("no Postgres server was found or could be installed");
    const started = await startPostgres(bin, workDir);
    process.env.TEST_DATABASE_URL = started.url;
    return started;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tallies.push({ ...emptyTally(), skipped: [`every test on a real Postgres: ${reason}`] });
    return undefined;
  }
}

async function provideRealModel(): Promise<void> {
  const missing = await provideModel();
  if (missing) tallies.push({ ...emptyTally(), skipped: [`every test with the real chat model: ${missing}`] });
}

async function build(): Promise<Tally> {
  if (!isBuilt(root)) await buildApp(root);
  console.log("✓ next build");
  return { ...emptyTally(), passed: 1 };
}

async function browserTests(): Promise<Tally> {
  const missing = await provideBrowser();
  if (missing === null) return runPlaywright(root, workDir, 12 * minute);
  return failedOnce(missing);
}
