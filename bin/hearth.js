#!/usr/bin/env node
/** `npx hearth`: the command line, on the Node 24 that Hearth brings when the one that runs this is older. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../cli/main.ts", import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= 24) await import("../cli/main.ts");
else runOnOwnNode();

function runOnOwnNode() {
  const node = ownNode();
  if (!node) {
    console.error("Hearth's packages are not installed. Run npm ci in its folder first.");
    process.exit(1);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"]) {
    process.on(signal, () => {
      // What Ctrl-C sends, a terminal sends to both.
      if (signal !== "SIGINT" || !hasTerminal()) child.kill(signal);
    });
  }
  child.once("error", (error) => {
    console.error(`Node 24 could not be started: ${error.message}`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : 1)));
}

/** The program of the dependency `node`, or undefined where it is not installed. */
function ownNode() {
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve("node/package.json")), "bin", "node");
  } catch {
    return undefined;
  }
}

function hasTerminal() {
  return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
}
