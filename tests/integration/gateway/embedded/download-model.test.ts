import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CatalogueEntry } from "@/lib/gateway/embedded/catalogue";
import { downloadModel } from "@/lib/gateway/embedded/download/download-model";
import type { Progress } from "@/lib/gateway/embedded/download/progress";
import { type FakeHub, fakeHub } from "@/tests/support/fake-hub";

const file = randomBytes(300_000);
const timing = { silenceMs: 300, retryMs: 10, tries: 3 };
const never = new AbortController().signal;

let modelsDir: string;
let hubs: FakeHub[] = [];
beforeEach(async () => {
  modelsDir = await mkdtemp(path.join(tmpdir(), "hearth-download-"));
});
afterEach(async () => {
  await Promise.all(hubs.map((hub) => hub.close()));
  hubs = [];
  await rm(modelsDir, { recursive: true, force: true });
});

async function hub(...given: Parameters<typeof fakeHub>): Promise<FakeHub> {
  const opened = await fakeHub(...given);
  hubs.push(opened);
  return opened;
}

function entryOf(sources: FakeHub[], sha256: string | null = sources[0]?.sha256 ?? null): CatalogueEntry {
  return {
    ...{ name: "test", label: "Test model", description: "", file: "test.gguf", sizeBytes: file.length, sha256 },
    ...{ contextLength: 2048, minimumMemoryBytes: 0, minimumCores: 1, licence: "Apache-2.0", sampling: { temperature: 1, topP: 1 } },
    sources: sources.map(({ url }, index) => ({ kind: "url", label: `Host ${index + 1}`, url })),
  };
}

async function download(entry: CatalogueEntry, { signal = never, onProgress = (_: Progress) => {} } = {}) {
  const saved = await downloadModel({ entry, modelsDir, signal, onProgress, timing });
  return readFile(saved);
}

test("a model arrives whole under its own name, with progress, and leaves nothing else behind", async () => {
  const shown: Progress[] = [];
  const good = await hub(file);
  expect(await download(entryOf([good]), { onProgress: (progress) => shown.push(progress) })).toEqual(file);
  expect(shown[0]).toMatchObject({ state: "running", totalBytes: file.length, source: "Host 1" });
  expect(shown.at(-1)).toMatchObject({ state: "checking", receivedBytes: file.length });
  expect(existsSync(path.join(modelsDir, "test.gguf.partial"))).toBe(false);
  expect(existsSync(path.join(modelsDir, "test.gguf.partial.json"))).toBe(false);
});

test("a download that breaks off goes on from the byte it reached, on condition that the file is the same", async () => {
  const dropping = await hub(file, { manners: [{ dropsAfter: 100_000 }, { dropsAfter: 50_000 }] });
  expect(await download(entryOf([dropping]))).toEqual(file);
  expect(dropping.requests).toEqual([{}, { range: "bytes=100000-", ifRange: '"v1"' }, { range: "bytes=150000-", ifRange: '"v1"' }]);
});

test("a later start goes on with what an earlier one left", async () => {
  const dropping = await hub(file, { manners: [{ dropsAfter: 120_000 }, "not-found"] });
  await expect(download(entryOf([dropping]))).rejects.toThrow("404");
  expect((await stat(path.join(modelsDir, "test.gguf.partial"))).size).toBe(120_000);
  expect(await download(entryOf([dropping]))).toEqual(file);
  expect(dropping.requests.at(-1)).toEqual({ range: "bytes=120000-", ifRange: '"v1"' });
});

test("a file that changed on the host meanwhile is fetched anew, not patched together", async () => {
  const changed = await hub(file, { etag: '"v2"' });
  await writeFile(path.join(modelsDir, "test.gguf.partial"), Buffer.alloc(200_000, 1));
  await writeFile(
    path.join(modelsDir, "test.gguf.partial.json"),
    JSON.stringify({ url: changed.url, etag: '"v1"', totalBytes: file.length }),
  );
  expect(await download(entryOf([changed]))).toEqual(file);
  expect(changed.requests).toHaveLength(1);
});

test("a host that ignores ranges still delivers the right file", async () => {
  const ignoring = await hub(file, { manners: [{ dropsAfter: 200_000 }, "ignores-range"] });
  expect(await download(entryOf([ignoring]))).toEqual(file);
});

test("a download that was whole already is checked and not fetched again", async () => {
  const good = await hub(file);
  await writeFile(path.join(modelsDir, "test.gguf.partial"), file);
  await writeFile(path.join(modelsDir, "test.gguf.partial.json"), JSON.stringify({ url: good.url, etag: '"v1"', totalBytes: file.length }));
  const shown: Progress[] = [];
  expect(await download(entryOf([good]), { onProgress: (progress) => shown.push(progress) })).toEqual(file);
  expect(shown.map(({ state }) => state)).toEqual(["checking"]);
});

test("bytes left over from an earlier try that turn out wrong are fetched once more from the start", async () => {
  const good = await hub(file);
  await writeFile(path.join(modelsDir, "test.gguf.partial"), Buffer.alloc(50_000, 9));
  await writeFile(path.join(modelsDir, "test.gguf.partial.json"), JSON.stringify({ url: good.url, etag: '"v1"', totalBytes: file.length }));
  expect(await download(entryOf([good]))).toEqual(file);
  expect(good.requests.map(({ range }) => range)).toEqual(["bytes=50000-", undefined]);
});

test("wrong bytes never get the model's name, and the next source is asked", async () => {
  const lying = await hub(file, { manners: ["wrong-bytes"] });
  const good = await hub(file);
  expect(await download(entryOf([lying, good]))).toEqual(file);
  const liar = await hub(file, { manners: ["wrong-bytes"] });
  await rm(path.join(modelsDir, "test.gguf"));
  await expect(download(entryOf([liar]))).rejects.toThrow("changed at its source");
  expect(existsSync(path.join(modelsDir, "test.gguf"))).toBe(false);
});

test("without a known hash the one its host reports decides; without either nothing is accepted", async () => {
  const reporting = await hub(file);
  expect(await download(entryOf([reporting], null))).toEqual(file);
  await rm(path.join(modelsDir, "test.gguf"));
  const lying = await hub(file, { manners: ["wrong-bytes"] });
  await expect(download(entryOf([lying], null))).rejects.toThrow("changed at its source");
  const silentAboutIt = await hub(file, { reportsHash: false });
  await expect(download(entryOf([silentAboutIt], null))).rejects.toThrow("cannot be checked");
  expect(existsSync(path.join(modelsDir, "test.gguf"))).toBe(false);
});

test("when every source fails the message names each with its reason and says what to do", async () => {
  const missing = await hub(file, { manners: ["not-found"] });
  const silent = await hub(file, { manners: ["silent", "silent", "silent", "silent"] });
  const gone = await hub(file);
  await gone.close();
  const message = await download(entryOf([missing, silent, gone])).catch((error: Error) => error.message);
  expect(message).toMatch(
    /^Test model could not be downloaded\. Host 1: 127\.0\.0\.1:\d+ answered 404 Not Found\. Host 2: .* sent nothing for .* s\. Host 3: .* refused the connection\. Try again, choose another model, or put test\.gguf into the data folder\.$/,
  );
});

test("a host from which nothing ever comes is left after two tries for another source, and asked to the end when it is the only one", async () => {
  const good = await hub(file);
  const mute = await hub(file, { manners: ["busy", "busy", "busy"] });
  expect(await download(entryOf([mute, good]))).toEqual(file);
  expect({ mute: mute.requests.length, good: good.requests.length }).toEqual({ mute: 2, good: 1 });
  await rm(path.join(modelsDir, "test.gguf"));
  const only = await hub(file, { manners: ["busy", "busy", "busy"] });
  await expect(download(entryOf([only]))).rejects.toThrow("503");
  expect(only.requests).toHaveLength(3);
});

test("a host that has sent something is given its tries although there is another source", async () => {
  const dropping = await hub(file, { manners: [{ dropsAfter: 100_000 }, "busy"] });
  const good = await hub(file);
  expect(await download(entryOf([dropping, good]))).toEqual(file);
  expect({ dropping: dropping.requests.length, good: good.requests.length }).toEqual({ dropping: 3, good: 0 });
});

test("a host that is busy for a moment is asked again; one that sends more than it announced is not believed", async () => {
  const busy = await hub(file, { manners: ["busy", "busy"] });
  expect(await download(entryOf([busy]))).toEqual(file);
  await rm(path.join(modelsDir, "test.gguf"));
  const flooding = await hub(file, { manners: ["too-much"] });
  await expect(download(entryOf([flooding]))).rejects.toThrow("more than");
  expect((await stat(path.join(modelsDir, "test.gguf.partial"))).size).toBeLessThanOrEqual(file.length);
});

test("cancelling ends the download at once, with its reason, and keeps what came", async () => {
  const slow = await hub(file, { manners: ["slow"] });
  const stop = new AbortController();
  const running = download(entryOf([slow]), { signal: stop.signal });
  await sleep(200);
  stop.abort(new Error("another was chosen"));
  await expect(running).rejects.toThrow("another was chosen");
  expect((await stat(path.join(modelsDir, "test.gguf.partial"))).size).toBeGreaterThan(0);
});
