/** Installs other gateways for the benchmark to compare with: Portkey by npm, LiteLLM by pip into a folder of its own (about 800 MB). */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { peersFolder } from "./support/peers.ts";

const run = (program: string, args: string[]) => execFileSync(program, args, { cwd: peersFolder, stdio: "inherit" });

mkdirSync(peersFolder, { recursive: true });
run("npm", ["install", "--no-audit", "--no-fund", "--prefix", peersFolder, "@portkey-ai/gateway@1.15.2"]);
run("python3", ["-m", "venv", "venv"]);
run(path.join(peersFolder, "venv/bin/pip"), ["install", "--quiet", "litellm[proxy]==1.108.0"]);
