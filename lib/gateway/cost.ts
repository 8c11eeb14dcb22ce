import { z } from "zod";
import prices from "./prices.json";
import { splitModelId } from "./upstream";

const price = z.object({ inputUsdPerMTok: z.number(), outputUsdPerMTok: z.number(), cachedInputUsdPerMTok: z.number().optional() });
const priceList = z.object({ source: z.url(), date: z.iso.date(), models: z.record(z.string(), price) });

/** What a model of a hosted provider costs, in US dollars for a million tokens. */
export type Price = z.infer<typeof price>;

/** By what stands before the slash in a model's id. Each list carries its source and date. */
const priceLists = z.record(z.string(), priceList).parse(prices.lists);

/** A model's list price, or undefined when it is unknown or runs on one's own machine. A dated version costs what its alias does. */
export function findPrice(modelId: string): Price | undefined {
  const { prefix, name } = splitModelId(modelId);
  const models = priceLists[prefix]?.models;
  return models?.[name] ?? models?.[name.replace(/-(\d{8}|\d{4}-\d{2}-\d{2}|latest|preview)$/, "")];
}

/** What a call cost by list price, in US dollars; 0 for models without one. */
export function costUsd(modelId: string, tokens: { inputTokens: number; outputTokens: number; cachedTokens: number }): number {
  const found = findPrice(modelId);
  if (!found) return 0;
  const cachedPrice = found.cachedInputUsdPerMTok ?? found.inputUsdPerMTok;
  const fresh = Math.max(0, tokens.inputTokens - tokens.cachedTokens);
  return (fresh * found.inputUsdPerMTok + tokens.cachedTokens * cachedPrice + tokens.outputTokens * found.outputUsdPerMTok) / 1_000_000;
}
