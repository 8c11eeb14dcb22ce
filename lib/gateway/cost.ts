import { z } from "zod";
import { modelSettingsOf } from "./model-settings";
import prices from "./prices.json";
import { splitModelId } from "./upstream";

const price = z.object({ inputUsdPerMTok: z.number(), outputUsdPerMTok: z.number(), cachedInputUsdPerMTok: z.number().optional() });
const priceList = z.object({ source: z.url(), date: z.iso.date(), models: z.record(z.string(), price) });

/** What a model costs, in US dollars: for a million tokens, and for an hour of its work on one's own machine. */
export type Price = z.infer<typeof price> & { usdPerHour?: number };

type Tokens = { inputTokens: number; outputTokens: number; cachedTokens: number };

/** By what stands before the slash in a model's id. Each list carries its source and date. */
const priceLists = z.record(z.string(), priceList).parse(prices.lists);

/**
 * A model's price: what an admin set, else the list price; undefined when neither is known. A dated version costs what its
 * alias does. Cached tokens go by the price set for them; where only a new input price is set they count as fresh ones.
 */
export function findPrice(modelId: string): Price | undefined {
  const listed = findListPrice(modelId);
  const own = modelSettingsOf(modelId);
  const usdPerHour = own?.usdPerHour ?? undefined;
  const inputUsdPerMTok = own?.inputUsdPerMTok ?? listed?.inputUsdPerMTok;
  const outputUsdPerMTok = own?.outputUsdPerMTok ?? listed?.outputUsdPerMTok;
  if (inputUsdPerMTok === undefined && outputUsdPerMTok === undefined && usdPerHour === undefined) return undefined;
  const listedCached = own?.inputUsdPerMTok == null ? listed?.cachedInputUsdPerMTok : undefined;
  return {
    inputUsdPerMTok: inputUsdPerMTok ?? 0,
    outputUsdPerMTok: outputUsdPerMTok ?? 0,
    cachedInputUsdPerMTok: own?.cachedInputUsdPerMTok ?? listedCached,
    usdPerHour,
  };
}

/** A model's list price with the list's source and date; undefined when it is on none. */
export function findListPrice(modelId: string) {
  const { prefix, name } = splitModelId(modelId);
  const list = priceLists[prefix];
  const found = list?.models[name] ?? list?.models[name.replace(/-(\d{8}|\d{4}-\d{2}-\d{2}|latest|preview)$/, "")];
  return list && found ? { ...found, source: list.source, date: list.date } : undefined;
}

/**
 * What a call cost, in US dollars; 0 for models without a price. Reasoning is among the output tokens and costs what they do.
 * @param durationMs the call's share of the time of the host that answered, for a price an hour
 */
export function costUsd(modelId: string, tokens: Tokens, durationMs = 0): number {
  const found = findPrice(modelId);
  if (!found) return 0;
  const cachedPrice = found.cachedInputUsdPerMTok ?? found.inputUsdPerMTok;
  const fresh = Math.max(0, tokens.inputTokens - tokens.cachedTokens);
  const forTokens = fresh * found.inputUsdPerMTok + tokens.cachedTokens * cachedPrice + tokens.outputTokens * found.outputUsdPerMTok;
  return forTokens / 1_000_000 + ((found.usdPerHour ?? 0) * durationMs) / 3_600_000;
}
