import { expect, test } from "vitest";
import type { ModelRow } from "@/components/model-settings/model-types";
import { factsOf } from "@/components/model-settings/model-words";
import { knownModel } from "@/lib/gateway/catalogue/known-models";
import { factSources } from "@/lib/gateway/models/fact-sources";

const none = { tools: false, vision: false, thinking: false, embedding: false, json: true };

/** The facts of a model's row that tell of what it can do and takes. */
function facts(id: string, told: Partial<Pick<ModelRow["model"], "capabilities" | "contextLength">>): string[] {
  const model = { id, name: id, upstreams: [], capabilities: none, contextLength: null, ...told };
  const settings = { inputUsdPerMTok: null, outputUsdPerMTok: null, usdPerHour: null };
  return factsOf({ model, settings, listPrice: null, factsFrom: factSources(model) } as unknown as ModelRow);
}

test("a model's row says who tells what it can do and how much it takes", () => {
  const able = { ...none, tools: true, vision: true };
  expect(facts("ollama/a:1b", { capabilities: able, contextLength: 131_072 })).toEqual([
    "128K context, Tools, Vision (reported by its host)",
  ]);
  expect(facts("ollama/a:1b", {})).toEqual([]);
  expect(facts("local/smollm2", { contextLength: 8_192 })).toEqual(["8K context (set by Hearth)"]);
  const known = knownModel("openai", "gpt-4o");
  expect(facts("openai/gpt-4o", known)).toEqual(["125K context, Tools, Vision (Hearth’s list)"]);
  expect(facts("openai/gpt-4o", { ...known, contextLength: 32_768 })).toEqual([
    "32K context (reported by its host)",
    "Tools, Vision (Hearth’s list)",
  ]);
  const embeds = { capabilities: { ...none, embedding: true }, contextLength: 2_048 };
  expect(facts("google/gemini-embedding-001", embeds)).toEqual(["2K context, Embeddings (reported by its host)"]);
});
