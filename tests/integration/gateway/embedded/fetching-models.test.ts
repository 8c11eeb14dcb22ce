import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { lockDataDir } from "@/db/lock-data-dir";
import { resetEnv } from "@/lib/core/env";
import { chooseEmbeddedModel } from "@/lib/gateway/embedded/choose-embedded-model";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";
import { embeddedLanguageModel } from "@/lib/gateway/embedded/language-model";
import { retryEmbeddedDownload } from "@/lib/gateway/embedded/retry-embedded-download";
import { startEmbedded } from "@/lib/gateway/embedded/start-embedded";
import { small, untilReady, withEmbeddedFolder } from "@/tests/support/embedded-folder";

const folder = withEmbeddedFolder();

test("from an empty data folder the default is fetched in the background and is then the model that answers", async () => {
  await startEmbedded({ catalogue: await folder.catalogueOf() });
  expect(embeddedState()).toMatchObject({ status: "downloading", model: null, download: { name: "small", totalBytes: 40_000 } });
  expect(() => embeddedLanguageModel()).toThrow(/still being downloaded/);
  await untilReady();
  expect(embeddedState()).toMatchObject({
    model: { name: "small", source: "catalogue", contextLength: 2048 },
    download: null,
    error: null,
  });
  expect(await readdir(path.join(folder.dataDir, "models"))).toContain("small.gguf");
});

test("nothing is fetched unasked when there are other models, and a retry fetches it", async () => {
  await startEmbedded({ catalogue: await folder.catalogueOf(), mayDownload: false });
  expect(embeddedState()).toMatchObject({ status: "missing", download: null });
  await retryEmbeddedDownload();
  await untilReady();
});

test("a failed download says why, and a retry goes on", async () => {
  await startEmbedded({ catalogue: await folder.catalogueOf({ small: ["not-found"] }) });
  await expect.poll(() => embeddedState().status, { timeout: 5_000 }).toBe("failed");
  expect(embeddedState().error).toMatch(/^The small one could not be downloaded\. Test host: .* answered 404/);
  await retryEmbeddedDownload();
  await untilReady();
  expect(embeddedState().error).toBeNull();
});

test("choosing another model cancels the download that runs", async () => {
  await startEmbedded({ catalogue: await folder.catalogueOf({ small: ["slow"] }) });
  await expect.poll(() => embeddedState().download?.receivedBytes ?? 0).toBeGreaterThan(0);
  await chooseEmbeddedModel({ name: "large" });
  await expect.poll(() => embeddedState().model?.name, { timeout: 5_000 }).toBe("large");
  expect(await readdir(path.join(folder.dataDir, "models"))).not.toContain("small.gguf");
});

test("a second process on the same models folder waits for the first one's download instead of writing into it", async () => {
  await mkdir(path.join(folder.dataDir, "models"), { recursive: true });
  const other = lockDataDir(path.join(folder.dataDir, "models"));
  const catalogue = await folder.catalogueOf();
  await startEmbedded({ catalogue });
  await expect.poll(() => embeddedState().download?.state).toBe("waiting");
  await folder.addFile("small.gguf", small);
  other.release();
  await untilReady();
  expect(folder.hubs.flatMap((hub) => hub.requests)).toEqual([]);
});

test.each([
  ["that cannot be made", () => writeFile(path.join(folder.dataDir, "models"), "")],
  ["that cannot be locked", () => mkdir(path.join(folder.dataDir, "models", "hearth.lock"), { recursive: true })],
])(
  "a models folder %s is a failure with a plain message, not a wait without end, and a retry goes on when it is mended",
  async (_, spoil) => {
    await spoil();
    await startEmbedded({ catalogue: await folder.catalogueOf() });
    await expect.poll(() => embeddedState().status, { timeout: 5_000 }).toBe("failed");
    expect(embeddedState().error).toMatch(
      /^The folder models in the data folder cannot be made or written\. Make room .* then try again\.$/,
    );
    await rm(path.join(folder.dataDir, "models"), { recursive: true });
    await retryEmbeddedDownload();
    await untilReady();
  },
);

test("a model that has changed at its source is told as that, is not used, and can be tried again", async () => {
  await startEmbedded({ catalogue: await folder.catalogueOf({ small: ["wrong-bytes"] }) });
  await expect.poll(() => embeddedState().status, { timeout: 5_000 }).toBe("failed");
  expect(embeddedState()).toMatchObject({
    model: null,
    error: expect.stringMatching(/has changed at its source.* Try again, choose another model/),
  });
  await retryEmbeddedDownload();
  await untilReady();
});

test("with a mirror models come from there, by the same path and named by its host", async () => {
  const catalogue = await folder.catalogueOf();
  const [hub] = folder.hubs;
  const elsewhere = { ...catalogue, models: catalogue.models.map((model) => ({ ...model, sources: [unreachable(model.file)] })) };
  process.env.HEARTH_MODEL_MIRROR = `${new URL(hub?.url ?? "").origin}/`;
  resetEnv();
  await startEmbedded({ catalogue: elsewhere });
  expect(embeddedState().download?.source).toBe(new URL(hub?.url ?? "").host);
  await untilReady();
  delete process.env.HEARTH_MODEL_MIRROR;
});

const unreachable = (file: string) => ({
  kind: "url" as const,
  label: "Nowhere",
  url: `https://nowhere.invalid/owner/name/resolve/main/${file}`,
});
