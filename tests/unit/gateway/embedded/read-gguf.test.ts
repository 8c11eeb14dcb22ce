import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readGguf } from "@/lib/gateway/embedded/read-gguf";
import { ggufBytes, tinyEmbedder } from "@/tests/support/gguf";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hearth-gguf-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer) {
  const file = path.join(folder, "model.gguf");
  await writeFile(file, bytes);
  return readGguf(file);
}

test("architecture and trained context are found, also behind lists", async () => {
  const bytes = ggufBytes(
    [
      ["general.architecture", "qwen3"],
      ["general.tags", ["a", "b"]],
      ["qwen3.context_length", 40_960],
    ],
    5_000,
  );
  expect(await read(bytes)).toEqual({ architecture: "qwen3", contextLength: 40_960, canChat: true, sizeBytes: 5_000 });
});

test("a model that only makes embeddings is told apart", async () => {
  expect(await read(tinyEmbedder())).toMatchObject({ architecture: "bert", canChat: false, contextLength: 512 });
});

test("a head longer than what is read, or cut off, still gives what came before", async () => {
  const words = Array.from({ length: 200_000 }, (_, index) => `token-${index}`);
  const bytes = ggufBytes([
    ["general.architecture", "llama"],
    ["llama.context_length", 8192],
    ["tokenizer.ggml.tokens", words],
    ["late", 1],
  ]);
  expect(bytes.length).toBeGreaterThan(1024 * 1024);
  expect(await read(bytes)).toMatchObject({ contextLength: 8192 });
  expect(await read(bytes.subarray(0, 100))).toMatchObject({ architecture: "llama" });
});

test("text, an empty file and another version are refused by name", async () => {
  await expect(read(Buffer.from("hello"))).rejects.toThrow("The file model.gguf is not a GGUF model.");
  await expect(read(Buffer.alloc(0))).rejects.toThrow("is not a GGUF model");
  const old = ggufBytes([["general.architecture", "llama"]]);
  old.writeUInt32LE(1, 4);
  await expect(read(old)).rejects.toThrow("is not a GGUF model");
  await expect(readGguf(path.join(folder, "none.gguf"))).rejects.toThrow("There is no file none.gguf.");
});

test("a count that no file could hold does not hang or fill the memory", async () => {
  const bytes = ggufBytes([["general.architecture", "llama"]]);
  bytes.writeBigUInt64LE(2n ** 62n, 16);
  expect(await read(bytes)).toMatchObject({ architecture: "llama" });
});
