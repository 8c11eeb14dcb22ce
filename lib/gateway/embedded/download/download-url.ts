import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { openUrl } from "./open-url";
import { dropPartial, readPartial, saveOrigin } from "./partial-file";
import type { OnBytes } from "./progress";
import { SourceError } from "./source-error";

export type UrlDownload = {
  url: string;
  /** Where the bytes are collected; what is there already is kept when it is of the same file. */
  partial: string;
  /** What the catalogue says, for progress until the host tells, and as a bound. */
  expectedBytes: number;
  signal: AbortSignal;
  onBytes: OnBytes;
  timing?: Timing;
  /** Another source can be asked: one that never sends a byte is then given up after two tries. */
  hasAlternative?: boolean;
};

/** Waits, in ms: longest silence, first wait before trying again (doubled each time), and fruitless tries in a row. */
export type Timing = { silenceMs: number; retryMs: number; tries: number };

const ownTiming: Timing = { silenceMs: 30_000, retryMs: 1_000, tries: 5 };
const triesOfMany = 2;

/**
 * Downloads a file, going on where it broke off as long as there is progress.
 * @returns the SHA-256 that the host reports for the file, or null
 * @throws SourceError after `tries` without a byte (two when there is an alternative and nothing has come), or at once when asking again is no use; the signal's reason when aborted
 */
export async function downloadUrl(download: UrlDownload): Promise<string | null> {
  const { tries, retryMs } = download.timing ?? ownTiming;
  for (let fruitless = 0; ; ) {
    const before = await readPartial(download.partial, download.url);
    try {
      return await downloadOnce(download, before);
    } catch (error) {
      download.signal.throwIfAborted();
      if (!(error instanceof SourceError) || error.isFinal) throw error;
      const { receivedBytes } = await readPartial(download.partial, download.url);
      fruitless = receivedBytes > before.receivedBytes ? 1 : fruitless + 1;
      const canLeave = download.hasAlternative && receivedBytes === 0;
      if (fruitless >= (canLeave ? Math.min(tries, triesOfMany) : tries)) throw error;
      await sleep(Math.min(retryMs * 2 ** (fruitless - 1), 30_000), undefined, { signal: download.signal });
    }
  }
}

async function downloadOnce(
  download: UrlDownload,
  { receivedBytes, etag }: { receivedBytes: number; etag: string | null },
): Promise<string | null> {
  const { url, partial, expectedBytes, onBytes } = download;
  const silence = silenceSignal(download);
  try {
    const { response, reportedSha256 } = await openUrl(url, { fromByte: receivedBytes, etag }, silence.signal);
    if (isComplete(response, receivedBytes)) return reportedSha256;
    const plan = planOf(response, receivedBytes, expectedBytes);
    if (!plan) {
      // The host has nothing from there on: what is here is not a beginning of its file.
      await response.body?.cancel();
      await dropPartial(partial);
      throw new SourceError(`${new URL(url).host} has no more bytes where the download broke off`);
    }
    await saveOrigin(partial, { url, etag: response.headers.get("etag"), totalBytes: plan.totalBytes });
    const file = await open(partial, plan.fromByte > 0 ? "r+" : "w");
    try {
      await copy(response, file, { ...plan, host: new URL(url).host, heard: silence.heard, onBytes });
    } finally {
      await file.close();
    }
    return reportedSha256;
  } catch (error) {
    download.signal.throwIfAborted();
    if (silence.signal.aborted)
      throw new SourceError(`${new URL(url).host} sent nothing for ${Math.round((download.timing ?? ownTiming).silenceMs / 1000)} s`);
    throw error;
  } finally {
    silence.end();
  }
}

/** All of it was here already: the range past the end is refused with the length that we have. */
function isComplete(response: Response, receivedBytes: number): boolean {
  return response.status === 416 && response.headers.get("content-range") === `bytes */${receivedBytes}`;
}

/** From which byte the answer goes on, and how long the file is; null when the range is not there. */
function planOf(response: Response, askedFrom: number, expectedBytes: number): { fromByte: number; totalBytes: number } | null {
  if (response.status === 416) return null;
  const length = Number(response.headers.get("content-length") ?? 0);
  // Status 200 means that the host ignored the range, or that the file has changed: all of it comes.
  if (response.status !== 206) return { fromByte: 0, totalBytes: length || expectedBytes };
  const range = response.headers.get("content-range")?.match(/^bytes (\d+)-\d+\/(\d+|\*)$/);
  if (Number(range?.[1]) !== askedFrom) return null;
  return { fromByte: askedFrom, totalBytes: Number(range?.[2]) || expectedBytes };
}

type Copy = { fromByte: number; totalBytes: number; host: string; heard: () => void; onBytes: OnBytes };

async function copy(response: Response, file: FileHandle, { fromByte, totalBytes, host, heard, onBytes }: Copy): Promise<void> {
  let at = fromByte;
  onBytes(at, totalBytes);
  try {
    for await (const chunk of response.body ?? []) {
      heard();
      if (at + chunk.byteLength > totalBytes)
        throw new SourceError(`${host} sends more than the ${totalBytes} bytes it announced`, { isFinal: true });
      await file.write(chunk, 0, chunk.byteLength, at);
      at += chunk.byteLength;
      onBytes(at, totalBytes);
    }
  } catch (error) {
    if (error instanceof SourceError || (error as NodeJS.ErrnoException).syscall === "write") throw error;
    throw new SourceError(`${host} broke off after ${at} of ${totalBytes} bytes`);
  } finally {
    // A longer file of an earlier try must not show through behind what came now.
    await file.truncate(at);
  }
  if (at < totalBytes) throw new SourceError(`${host} broke off after ${at} of ${totalBytes} bytes`);
}

function silenceSignal({ signal, timing = ownTiming }: UrlDownload) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), timing.silenceMs);
  };
  heard();
  return { signal: AbortSignal.any([signal, controller.signal]), heard, end: () => clearTimeout(timer) };
}
