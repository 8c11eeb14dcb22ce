import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/** https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5;

/** Another process has the folder. The message is for people. */
export class FolderBusyError extends Error {
  constructor(folder: string) {
    super(`Another Hearth is already running on ${path.resolve(folder)}. Stop it first, or set HEARTH_DATA_DIR to another folder.`);
  }
}

/**
 * Takes the data folder for this process.
 *
 * The lock is SQLite's exclusive file lock: the kernel frees it however the process ends, so there is
 * no stale lock file to clear after `kill -9` and no process id to mistake for another's.
 * @throws FolderBusyError when another process holds it; Error of one line when the folder cannot be written
 */
export function lockDataDir(dataDir: string): { release(): void } {
  const file = openLockFile(dataDir);
  try {
    file.exec("pragma busy_timeout = 0; begin exclusive");
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw unwritable(dataDir, error);
    throw new FolderBusyError(dataDir);
  }
  return { release: () => file.close() };
}

function openLockFile(dataDir: string): DatabaseSync {
  try {
    return new DatabaseSync(path.join(dataDir, "hearth.lock"));
  } catch (error) {
    throw unwritable(dataDir, error);
  }
}

function unwritable(dataDir: string, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  return new Error(`${path.resolve(dataDir)} cannot be written (${why}). Make room or give this user the folder, or set HEARTH_DATA_DIR.`);
}
