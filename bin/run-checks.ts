import path from "node:path";
import { runStep } from "./run-step.ts";
import { emptyTally, type Tally } from "./testing/tally.ts";

const root = path.dirname(import.meta.dirname);
const withAlias = (name: string): [string, ...string[]] => [
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  "--import",
  path.join(root, "bin", "resolve-alias.ts"),
  path.join(root, "bin", name),
];
const bin = (name: string) => path.join(root, "node_modules", ".bin", name);

/** Each step is one program; the first makes the types that Next generates, which the second reads. */
const steps: { name: string; commands: [string, ...string[]][] }[] = [
  {
    name: "types",
    commands: [
      [bin("next"), "typegen"],
      [bin("tsc"), "--noEmit"],
    ],
  },
  { name: "lint, format and import rules", commands: [[bin("biome"), "check", "--error-on-warnings", "."]] },
  { name: "dead code", commands: [[bin("knip"), "--no-progress"]] },
  { name: "migrations", commands: [withAlias("check-migrations.ts")] },
  { name: "generated documents", commands: [[process.execPath, path.join(root, "bin", "generate-docs.ts"), "--check"]] },
];

/** Runs every static check, goes on after a failure, and prints the output of those that fail. */
export async function runChecks(): Promise<Tally> {
  const tally = emptyTally();
  for (const { name, commands } of steps) {
    const failure = await firstFailure(commands);
    if (failure === null) tally.passed += 1;
    else {
      tally.failed += 1;
      tally.failures.push(name);
    }
    console.log(`${failure === null ? "✓" : "✗"} ${name}${failure === null ? "" : `\n${failure}`}`);
  }
  return tally;
}

async function firstFailure(commands: [string, ...string[]][]): Promise<string | null> {
  for (const [command, ...args] of commands) {
    const { ok, output } = await runStep(command, args, { cwd: root });
    if (!ok) return output;
  }
  return null;
}
