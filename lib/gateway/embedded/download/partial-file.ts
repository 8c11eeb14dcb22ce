import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { z } from "zod";

/** Where the bytes of a `.partial` file come from; kept beside it, so that another start can go on. */
const origin = z.object({ url: z.string(), etag: z.string().nullable(), totalBytes: z.number().int() });
export type Origin = z.output<typeof origin>;

const originFile = (partial: string) => `${partial}.json`;

/** How much of a download is there, and its origin. Bytes without a known origin, or of another URL, count as none. */
export async function readPartial(partial: string, url: string): Promise<{ receivedBytes: number; etag: string | null }> {
  try {
    const known = origin.parse(JSON.parse(await readFile(originFile(partial), "utf8")));
    const { size } = await stat(partial);
    if (known.url === url) return { receivedBytes: size, etag: known.etag };
  } catch {
    // Nothing there, or half-written: the download starts over.
  }
  return { receivedBytes: 0, etag: null };
}

/** Remembers where the bytes come from. */
export async function saveOrigin(partial: string, known: Origin): Promise<void> {
  await writeFile(originFile(partial), JSON.stringify(known));
}

/** Removes a download and what is known of it. */
export async function dropPartial(partial: string): Promise<void> {
  await rm(partial, { force: true });
  await rm(originFile(partial), { force: true });
}
