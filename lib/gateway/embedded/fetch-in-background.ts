import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FolderBusyError, lockDataDir } from "@/db/lock-data-dir";
import { log } from "@/lib/core/log";
import { activateModel } from "./activate-model";
import type { CatalogueEntry } from "./catalogue";
import type { EmbeddedDownload } from "./contract";
import { downloadModel } from "./download/download-model";
import { progressDisplay } from "./download/show-progress";
import type { PickSource } from "./pick-model";
import { refreshFiles } from "./refresh-files";
import { modelsDir, runtime } from "./runtime";

const lockPollMs = 2_000;

/** Downloads a model and makes it the one that answers, without making anybody wait. A download that runs is cancelled first. */
export function fetchInBackground(entry: CatalogueEntry, source: PickSource): void {
  const state = runtime();
  const before = state.download;
  before?.cancel.abort();
  const shown: EmbeddedDownload = {
    name: entry.name,
    label: entry.label,
    state: "waiting",
    receivedBytes: 0,
    totalBytes: entry.sizeBytes,
    bytesPerSecond: 0,
    source: entry.sources[0]?.label ?? "",
  };
  const cancel = new AbortController();
  const done = (before?.done ?? Promise.resolve()).then(() => run({ entry, source, shown, signal: cancel.signal }));
  state.download = { entry, source, shown, cancel, done };
}

type Fetch = { entry: CatalogueEntry; source: PickSource; shown: EmbeddedDownload; signal: AbortSignal };

async function run({ entry, source, shown, signal }: Fetch): Promise<void> {
  const state = runtime();
  const display = progressDisplay(entry.label);
  try {
    const file = await downloadAlone(entry, signal, (progress) => {
      Object.assign(shown, progress);
      display.show(progress);
    });
    display.end();
    signal.throwIfAborted();
    await refreshFiles();
    await activateModel(file, source);
    if (state.download?.cancel.signal === signal) state.download = null;
    log().info({ model: entry.name }, `${entry.label} is ready`);
  } catch (error) {
    display.end();
    if (signal.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    Object.assign(shown, { state: "failed", error: message, bytesPerSecond: 0 });
    log().warn({ model: entry.name, err: error instanceof Error ? error.cause : undefined }, message);
  }
}

/** Two processes may share a data folder (on a database server): one downloads, the others wait for the file. */
async function downloadAlone(
  entry: CatalogueEntry,
  signal: AbortSignal,
  onProgress: Parameters<typeof downloadModel>[0]["onProgress"],
): Promise<string> {
  const folder = modelsDir();
  const lock = await takeFolder(folder, signal);
  try {
    const target = path.join(folder, entry.file);
    // Another process may have finished it while this one waited.
    return existsSync(target) ? target : await downloadModel({ entry, modelsDir: folder, signal, onProgress });
  } finally {
    lock.release();
  }
}

async function takeFolder(folder: string, signal: AbortSignal): Promise<{ release(): void }> {
  try {
    await mkdir(folder, { recursive: true });
    return await lockWhenFree(folder, signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw new Error(
      "The folder models in the data folder cannot be made or written. Make room or give this user the folder, then try again.",
      { cause },
    );
  }
}

async function lockWhenFree(folder: string, signal: AbortSignal): Promise<{ release(): void }> {
  for (;;) {
    try {
      return lockDataDir(folder);
    } catch (error) {
      if (!(error instanceof FolderBusyError)) throw error;
      await sleep(lockPollMs, undefined, { signal });
    }
  }
}
