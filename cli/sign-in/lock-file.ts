import { rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { CliError } from "../cli-error.ts";

/** Nobody holds it longer: a request for new tokens ends after ten seconds. One that is older is of a process that died. */
const staleMs = 30_000;
const lookEveryMs = 25;
const patienceMs = 40_000;

/** Runs `work` while no other process runs its own under the same lock file. @throws CliError when it is never free */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await take(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await create(file))) {
    if (Date.now() > deadline) throw new CliError("failure", `Another command holds ${file}. Remove it if none is running.`);
    if (await isStale(file)) await discard(file);
    else await sleep(lookEveryMs);
  }
}

function create(file: string): Promise<boolean> {
  return writeFile(file, String(process.pid), { flag: "wx", mode: 0o600 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw new CliError("failure", `${file} cannot be written (${error.code}). Correct the owner and mode of its folder.`);
    },
  );
}

async function isStale(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > staleMs;
}

/** Only one of several that find it stale can rename it. */
async function discard(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => {});
  await rm(aside, { force: true });
}
