import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Takes the data folder for this process.
 *
 * The lock is SQLite's exclusive file lock: the kernel frees it however the process ends, so there is
 * no stale lock file to clear after `kill -9` and no process id to mistake for another's.
 * @throws Error of one line when another process holds it
 */
export function lockDataDir(dataDir: string): { release(): void } {
  const file = new DatabaseSync(path.join(dataDir, "hearth.lock"));
  try {
    file.exec("pragma busy_timeout = 0; begin exclusive");
  } catch {
    file.close();
    throw new Error(
      `Another Hearth is already running on ${path.resolve(dataDir)}. Stop it first, or set HEARTH_DATA_DIR to another folder.`,
    );
  }
  return { release: () => file.close() };
}
