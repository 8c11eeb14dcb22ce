import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "@/db/database";
import { lockDataDir } from "@/db/lock-data-dir";
import { settings } from "@/db/schema/gateway";
import { resetEnv } from "@/lib/core/env";
import { type Catalogue, ownCatalogue } from "@/lib/gateway/embedded/catalogue";
import { chooseEmbeddedModel } from "@/lib/gateway/embedded/choose-embedded-model";
import { embeddedState as contractShape } from "@/lib/gateway/embedded/contract";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";
import { embeddedLanguageModel } from "@/lib/gateway/embedded/language-model";
import { retryEmbeddedDownload } from "@/lib/gateway/embedded/retry-embedded-download";
import { startEmbedded } from "@/lib/gateway/embedded/start-embedded";
import { stopEmbedded } from "@/lib/gateway/embedded/stop-embedded";
import { freshDatabase } from "@/tests/support/database";
import { type FakeHub, fakeHub, type Manner } from "@/tests/support/fake-hub";
import { tinyChatModel, tinyEmbedder } from "@/tests/support/gguf";

const small = tinyChatModel(40_000);
const large = tinyChatModel(90_000);

let dataDir: string;
let database: Database;
let hubs: FakeHub[] = [];

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "hearth-embedded-"));
  process.env.HEARTH_DATA_DIR = dataDir;
  delete process.env.HEARTH_LOCAL_MODEL;
  resetEnv();
});
afterEach(async () => {
  await stopEmbedded();
  await database.db.delete(settings);
  await Promise.all(hubs.map((hub) => hub.close()));
  hubs = [];
  await rm(dataDir, { recursive: true, force: true });
});

function setWish(wish: string): void {
  process.env.HEARTH_LOCAL_MODEL = wish;
  resetEnv();
}

/** A catalogue of two made-up models on real local servers. */
async function catalogueOf(manners: { small?: Manner[]; large?: Manner[] } = {}): Promise<Catalogue> {
  const entryOf = async (name: string, file: Buffer, given?: Manner[]) => {
    const hub = await fakeHub(file, { manners: given });
    hubs.push(hub);
    const base = {
      description: "",
      contextLength: 2048,
      minimumMemoryBytes: 0,
      minimumCores: 1,
      licence: "Apache-2.0",
      sampling: { temperature: 1, topP: 1 },
    };
    const sha256 = createHash("sha256").update(file).digest("hex");
    return {
      ...base,
      name,
      label: `The ${name} one`,
      file: `${name}.gguf`,
      sizeBytes: file.length,
      sha256,
      sources: [{ kind: "url" as const, label: "Test host", url: hub.url }],
    };
  };
  return { default: "small", models: [await entryOf("small", small, manners.small), await entryOf("large", large, manners.large)] };
}

async function addFile(name: string, bytes: Buffer): Promise<string> {
  await mkdir(path.join(dataDir, "models"), { recursive: true });
  const file = path.join(dataDir, "models", name);
  await writeFile(file, bytes);
  return file;
}

const untilReady = () => expect.poll(() => embeddedState().status, { timeout: 5_000 }).toBe("ready");

test("from an empty data folder the default is fetched in the background and is then the model that answers", async () => {
  await startEmbedded({ catalogue: await catalogueOf() });
  expect(embeddedState()).toMatchObject({ status: "downloading", model: null, download: { name: "small", totalBytes: 40_000 } });
  expect(() => embeddedLanguageModel()).toThrow(/still being downloaded/);
  await untilReady();
  expect(embeddedState()).toMatchObject({
    model: { name: "small", source: "catalogue", contextLength: 2048 },
    download: null,
    error: null,
  });
  expect(await readdir(path.join(dataDir, "models"))).toContain("small.gguf");
});

test("nothing is fetched unasked when there are other models, and a retry fetches it", async () => {
  await startEmbedded({ catalogue: await catalogueOf(), mayDownload: false });
  expect(embeddedState()).toMatchObject({ status: "missing", download: null });
  await retryEmbeddedDownload();
  await untilReady();
});

test("a failed download says why, and a retry goes on", async () => {
  await startEmbedded({ catalogue: await catalogueOf({ small: ["not-found"] }) });
  await expect.poll(() => embeddedState().status, { timeout: 5_000 }).toBe("failed");
  expect(embeddedState().error).toMatch(/^The small one could not be downloaded\. Test host: .* answered 404/);
  await retryEmbeddedDownload();
  await untilReady();
  expect(embeddedState().error).toBeNull();
});

test("a file in the data folder is used without any download, an embedding model is not taken for a chat model", async () => {
  await addFile("a-minilm.gguf", tinyEmbedder());
  await addFile("broken.gguf", Buffer.from("not a model"));
  await addFile("mine.gguf", small);
  await startEmbedded({ catalogue: await catalogueOf() });
  expect(embeddedState()).toMatchObject({
    status: "ready",
    model: { name: "mine", source: "data-folder" },
    download: null,
    files: ["mine.gguf"],
  });
});

test("the environment decides: a path, a catalogue name, off; and then nothing can be chosen here", async () => {
  const mine = await addFile("mine.gguf", small);
  setWish(mine);
  await startEmbedded({ catalogue: await catalogueOf() });
  expect(embeddedState()).toMatchObject({ status: "ready", changeable: false, model: { name: "mine", source: "environment" } });
  await expect(chooseEmbeddedModel({ name: "large" })).rejects.toMatchObject({ code: "conflict" });
  await stopEmbedded();

  setWish("large");
  await startEmbedded({ catalogue: await catalogueOf() });
  expect(embeddedState().model?.name).toBe("mine");
  await expect.poll(() => embeddedState().model?.name, { timeout: 5_000 }).toBe("large");
  await stopEmbedded();

  setWish("off");
  await startEmbedded({ catalogue: await catalogueOf() });
  expect(embeddedState()).toMatchObject({ status: "off", model: null });
  expect(() => embeddedLanguageModel()).toThrow(/switched off/);
});

test("a path that is wrong is named with its variable, and Hearth starts all the same", async () => {
  setWish(path.join(dataDir, "nowhere.gguf"));
  await startEmbedded({ catalogue: await catalogueOf() });
  expect(embeddedState()).toMatchObject({
    status: "failed",
    model: null,
    error: expect.stringMatching(/^HEARTH_LOCAL_MODEL: There is no file nowhere\.gguf/),
  });
  setWish(await addFile("text.gguf", Buffer.from("hello")));
  await startEmbedded({ catalogue: await catalogueOf() });
  expect(embeddedState().error).toMatch(/is not a GGUF model/);
  expect(embeddedState().error).not.toContain(dataDir);
});

test("choosing another model fetches it while the one before goes on answering, and the choice outlives a restart", async () => {
  const catalogue = await catalogueOf();
  await startEmbedded({ catalogue });
  await untilReady();
  expect(await chooseEmbeddedModel({ name: "large" })).toMatchObject({
    status: "ready",
    model: { name: "small" },
    download: { name: "large" },
  });
  await expect.poll(() => embeddedState().model?.name, { timeout: 5_000 }).toBe("large");
  await stopEmbedded();
  await startEmbedded({ catalogue });
  expect(embeddedState()).toMatchObject({ status: "ready", model: { name: "large", source: "saved" } });
  expect(embeddedState().catalogue).toMatchObject([
    { name: "small", downloaded: true },
    { name: "large", downloaded: true },
  ]);
});

test("choosing another model cancels the download that runs", async () => {
  await startEmbedded({ catalogue: await catalogueOf({ small: ["slow"] }) });
  await expect.poll(() => embeddedState().download?.receivedBytes ?? 0).toBeGreaterThan(0);
  await chooseEmbeddedModel({ name: "large" });
  await expect.poll(() => embeddedState().model?.name, { timeout: 5_000 }).toBe("large");
  expect(await readdir(path.join(dataDir, "models"))).not.toContain("small.gguf");
});

test("a name that is neither in the catalogue nor in the folder is not found, nor is a path out of it", async () => {
  await startEmbedded({ catalogue: await catalogueOf(), mayDownload: false });
  await expect(chooseEmbeddedModel({ name: "gpt-5" })).rejects.toMatchObject({ code: "not_found" });
  await expect(chooseEmbeddedModel({ name: "../../etc/passwd" })).rejects.toMatchObject({ code: "not_found" });
  await expect(retryEmbeddedDownload()).resolves.toMatchObject({ status: "downloading" });
});

test("a second process on the same models folder waits for the first one's download instead of writing into it", async () => {
  await mkdir(path.join(dataDir, "models"), { recursive: true });
  const other = lockDataDir(path.join(dataDir, "models"));
  const catalogue = await catalogueOf();
  await startEmbedded({ catalogue });
  await expect.poll(() => embeddedState().download?.state).toBe("waiting");
  await addFile("small.gguf", small);
  other.release();
  await untilReady();
  expect(hubs.flatMap((hub) => hub.requests)).toEqual([]);
});

test.each([
  ["that cannot be made", () => writeFile(path.join(dataDir, "models"), "")],
  ["that cannot be locked", () => mkdir(path.join(dataDir, "models", "hearth.lock"), { recursive: true })],
])(
  "a models folder %s is a failure with a plain message, not a wait without end, and a retry goes on when it is mended",
  async (_, spoil) => {
    await spoil();
    await startEmbedded({ catalogue: await catalogueOf() });
    await expect.poll(() => embeddedState().status, { timeout: 5_000 }).toBe("failed");
    expect(embeddedState().error).toMatch(
      /^The folder models in the data folder cannot be made or written\. Make room .* then try again\.$/,
    );
    await rm(path.join(dataDir, "models"), { recursive: true });
    await retryEmbeddedDownload();
    await untilReady();
  },
);

test("a model that has changed at its source is told as that, is not used, and can be tried again", async () => {
  await startEmbedded({ catalogue: await catalogueOf({ small: ["wrong-bytes"] }) });
  await expect.poll(() => embeddedState().status, { timeout: 5_000 }).toBe("failed");
  expect(embeddedState()).toMatchObject({
    model: null,
    error: expect.stringMatching(/has changed at its source.* Try again, choose another model/),
  });
  await retryEmbeddedDownload();
  await untilReady();
});

test("a person's own file in the data folder comes before a downloaded model, in the data folder itself or in models", async () => {
  await addFile("small.gguf", small);
  const own = path.join(dataDir, "zz-mine.gguf");
  await writeFile(own, large);
  const catalogue = await catalogueOf();
  await startEmbedded({ catalogue });
  expect(embeddedState()).toMatchObject({ status: "ready", model: { name: "zz-mine", source: "data-folder", sizeBytes: large.length } });
  await addFile("zz-mine.gguf", small);
  await addFile("aa-mine.gguf", small);
  await stopEmbedded();
  await startEmbedded({ catalogue });
  expect(embeddedState()).toMatchObject({ model: { name: "aa-mine" }, files: ["aa-mine.gguf", "zz-mine.gguf"] });
  // Of the two with one name it is the data folder's own.
  expect(await chooseEmbeddedModel({ name: "zz-mine.gguf" })).toMatchObject({ model: { name: "zz-mine", sizeBytes: large.length } });
});

test("a model of the catalogue that was put into the data folder by hand is not downloaded again", async () => {
  await writeFile(path.join(dataDir, "small.gguf"), small);
  await startEmbedded({ catalogue: await catalogueOf() });
  await chooseEmbeddedModel({ name: "small" });
  expect(embeddedState()).toMatchObject({ status: "ready", model: { name: "small", source: "saved" }, download: null });
  expect(hubs.flatMap((hub) => hub.requests)).toEqual([]);
});

test("with a mirror models come from there, by the same path and named by its host", async () => {
  const catalogue = await catalogueOf();
  const [hub] = hubs;
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

test("the state is what the contract promises and shows no path of this machine", async () => {
  await addFile("mine.gguf", small);
  await startEmbedded({ catalogue: ownCatalogue });
  const state = contractShape.parse(embeddedState());
  expect(state.catalogue.filter(({ recommended }) => recommended)).toHaveLength(1);
  expect(JSON.stringify(state)).not.toContain(dataDir);
});
