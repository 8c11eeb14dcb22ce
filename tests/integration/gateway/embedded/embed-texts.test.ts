import { afterAll, describe, expect, test, vi } from "vitest";
import { embedTexts } from "@/lib/gateway/embedded/embed-texts";
import { stopEmbedded } from "@/lib/gateway/embedded/stop-embedded";
import { embeddingModelFile } from "@/tests/support/models";

// A processor that others use too can be many times slower at this.
vi.setConfig({ testTimeout: 120_000 });

afterAll(stopEmbedded);

describe.skipIf(!embeddingModelFile)("a real embedding model", () => {
  const file = embeddingModelFile;

  test("gives vectors of length 1 in which like texts are near and unlike ones far", async () => {
    const texts = ["A cat sat on the mat.", "A kitten is sitting on a rug.", "The bank raised its interest rates."];
    const { vectors, inputTokens } = await embedTexts(texts, { file });
    const [cat = [], kitten = [], bank = []] = vectors;
    for (const vector of [cat, kitten, bank]) {
      expect(vector).toHaveLength(384);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
    const nearness = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
    expect(nearness(cat, kitten)).toBeGreaterThan(nearness(cat, bank) + 0.2);
    expect(inputTokens).toBeGreaterThan(15);
  });

  test("a text that is too long for it is refused, not cut off", async () => {
    await expect(embedTexts(["word ".repeat(2_000)], { file })).rejects.toMatchObject({ reason: "context_too_long" });
  });
});

test("without a file and without a chat model the call says what is missing", async () => {
  await stopEmbedded();
  await expect(embedTexts(["hello"])).rejects.toMatchObject({ reason: "no_model" });
});
