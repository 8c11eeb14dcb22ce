import { existsSync, readdirSync } from "node:fs";
import { chmod } from "node:fs/promises";
import path from "node:path";
import { runStep } from "../run-step.ts";
import { canInstall, installPackage } from "./install-packages.ts";

const debianFolder = "/usr/lib/postgresql";
const has = (folder: string) => existsSync(path.join(folder, "initdb")) && existsSync(path.join(folder, "postgres"));

/** The folder of a Postgres server's programs on this machine, newest first; in CI one is installed. Null when there is none. */
export async function findPostgres(workDir: string): Promise<string | null> {
  const installed = installedPostgres();
  if (installed) return installed;
  if (canInstall() && process.env.CI && (await installPackage("postgresql"))) return installedPostgres() ?? null;
  return fromWheel(workDir);
}

function installedPostgres(): string | undefined {
  const onPath = (process.env.PATH ?? "").split(path.delimiter);
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).toSorted((a, b) => Number(b) - Number(a)) : [];
  return [...onPath, ...versions.map((version) => path.join(debianFolder, version, "bin"))].find(has);
}

/** The PyPI package pgserver carries a whole Postgres 16 with pgvector; its wheel is a zip file. */
async function fromWheel(workDir: string): Promise<string | null> {
  console.log("Fetching a Postgres from the Python package pgserver …");
  const folder = path.join(workDir, "pgserver");
  const download = await runStep("python3", ["-m", "pip", "download", "--no-deps", "--quiet", "-d", folder, "pgserver==0.1.4"], {
    timeoutMs: 180_000,
  });
  const wheel = download.ok && readdirSync(folder).find((name) => name.endsWith(".whl"));
  if (!wheel) return null;
  const unpacked = await runStep("python3", ["-m", "zipfile", "-e", path.join(folder, wheel), folder], { timeoutMs: 60_000 });
  const bin = path.join(folder, "pgserver", "pginstall", "bin");
  if (!unpacked.ok || !has(bin)) return null;
  await Promise.all(readdirSync(bin).map((name) => chmod(path.join(bin, name), 0o755)));
  return bin;
}
