import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { resetEnv } from "@/lib/core/env";
import { ownCatalogue } from "@/lib/gateway/embedded/catalogue";
import { chooseEmbeddedModel } from "@/lib/gateway/embedded/choose-embedded-model";
import { embeddedState as contractShape } from "@/lib/gateway/embedded/contract";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";
import { embeddedLanguageModel } from "@/lib/gateway/embedded/language-model";
import { retryEmbeddedDownload } from "@/lib/gateway/embedded/retry-embedded-download";
import { startEmbedded } from "@/lib/gateway/embedded/start-embedded";
import { stopEmbedded } from "@/lib/gateway/embedded/stop-embedded";
import { large, small, untilReady, withEmbeddedFolder } from "@/tests/support/embedded-folder";
import { tinyEmbedder } from "@/tests/support/gguf";

const folder = withEmbeddedFolder();

function setWish(wish: string): void {
  process.env.HEARTH_LOCAL_MODEL = wish;
  resetEnv();
}

test("a file in the data folder is used without any download, an embedding model is not taken for a chat model", async () => {
  await folder.addFile("a-minilm.gguf", tinyEmbedder());
  await folder.addFile("broken.gguf", Buffer.from("not a model"));
  await folder.addFile("mine.gguf", small);
  await startEmbedded({ catalogue: await folder.catalogueOf() });
  expect(embeddedState()).toMatchObject({
    status: "ready",
    model: { name: "mine", source: "data-folder" },
    download: null,
    files: ["mine.gguf"],
  });
});

test("the environment decides: a path, a catalogue name, off; and then nothing can be chosen here", async () => {
  const mine = await folder.addFile("mine.gguf", small);
  setWish(mine);
  await startEmbedded({ catalogue: await folder.catalogueOf() });
  expect(embeddedState()).toMatchObject({ status: "ready", changeable: false, model: { name: "mine", source: "environment" } });
  await expect(chooseEmbeddedModel({ name: "large" })).rejects.toMatchObject({ code: "conflict" });
  await stopEmbedded();

  setWish("large");
  await startEmbedded({ catalogue: await folder.catalogueOf() });
  expect(embeddedState().model?.name).toBe("mine");
  await expect.poll(() => embeddedState().model?.name, { timeout: 5_000 }).toBe("large");
  await stopEmbedded();

  setWish("off");
  await startEmbedded({ catalogue: await folder.catalogueOf() });
  expect(embeddedState()).toMatchObject({ status: "off", model: null });
  expect(() => embeddedLanguageModel()).toThrow(/switched off/);
});

test("a path that is wrong is named with its variable, and Hearth starts all the same", async () => {
  setWish(path.join(folder.dataDir, "nowhere.gguf"));
  await startEmbedded({ catalogue: await folder.catalogueOf() });
  expect(embeddedState()).toMatchObject({
    status: "failed",
    model: null,
    error: expect.stringMatching(/^HEARTH_LOCAL_MODEL: There is no file nowhere\.gguf/),
  });
  setWish(await folder.addFile("text.gguf", Buffer.from("hello")));
  await startEmbedded({ catalogue: await folder.catalogueOf() });
  expect(embeddedState().error).toMatch(/is not a GGUF model/);
  expect(embeddedState().error).not.toContain(folder.dataDir);
});

test("choosing another model fetches it while the one before goes on answering, and the choice outlives a restart", async () => {
  const catalogue = await folder.catalogueOf();
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

test("a name that is neither in the catalogue nor in the folder is not found, nor is a path out of it", async () => {
  await startEmbedded({ catalogue: await folder.catalogueOf(), mayDownload: false });
  await expect(chooseEmbeddedModel({ name: "gpt-5" })).rejects.toMatchObject({ code: "not_found" });
  await expect(chooseEmbeddedModel({ name: "../../etc/passwd" })).rejects.toMatchObject({ code: "not_found" });
  await expect(retryEmbeddedDownload()).resolves.toMatchObject({ status: "downloading" });
});

test("a person's own file in the data folder comes before a downloaded model, in the data folder itself or in models", async () => {
  await folder.addFile("small.gguf", small);
  const own = path.join(folder.dataDir, "zz-mine.gguf");
  await writeFile(own, large);
  const catalogue = await folder.catalogueOf();
  await startEmbedded({ catalogue });
  expect(embeddedState()).toMatchObject({ status: "ready", model: { name: "zz-mine", source: "data-folder", sizeBytes: large.length } });
  await folder.addFile("zz-mine.gguf", small);
  await folder.addFile("aa-mine.gguf", small);
  await stopEmbedded();
  await startEmbedded({ catalogue });
  expect(embeddedState()).toMatchObject({ model: { name: "aa-mine" }, files: ["aa-mine.gguf", "zz-mine.gguf"] });
  // Of the two with one name it is the data folder's own.
  expect(await chooseEmbeddedModel({ name: "zz-mine.gguf" })).toMatchObject({ model: { name: "zz-mine", sizeBytes: large.length } });
});

test("a model of the catalogue that was put into the data folder by hand is not downloaded again", async () => {
  await writeFile(path.join(folder.dataDir, "small.gguf"), small);
  await startEmbedded({ catalogue: await folder.catalogueOf() });
  await chooseEmbeddedModel({ name: "small" });
  expect(embeddedState()).toMatchObject({ status: "ready", model: { name: "small", source: "saved" }, download: null });
  expect(folder.hubs.flatMap((hub) => hub.requests)).toEqual([]);
});

test("the state is what the contract promises and shows no path of this machine", async () => {
  await folder.addFile("mine.gguf", small);
  await startEmbedded({ catalogue: ownCatalogue });
  const state = contractShape.parse(embeddedState());
  expect(state.catalogue.filter(({ recommended }) => recommended)).toHaveLength(1);
  expect(JSON.stringify(state)).not.toContain(folder.dataDir);
});
