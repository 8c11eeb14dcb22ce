import type { Model } from "@/lib/gateway/contract";
import type { RouteBasis } from "@/lib/gateway/routing/decide-route";
import { charsPerToken, type RouteRequest } from "@/lib/gateway/routing/route-request";

type Listed = { context?: number | null; loaded?: boolean; state?: "up" | "down" | "unknown"; price?: number };

/** A model as the gateway lists it, with the abilities named; on a host that is up, not loaded, unless told. */
export function aModel(id: string, abilities: (keyof Model["capabilities"])[] = ["json"], listed: Listed = {}): Model {
  const { context = 131_072, loaded = false, state = "up", price } = listed;
  const has = (name: keyof Model["capabilities"]) => abilities.includes(name);
  return {
    id,
    name: id.slice(id.indexOf("/") + 1),
    upstreams: [{ name: "host", state, loaded }],
    capabilities: { tools: has("tools"), vision: has("vision"), thinking: has("thinking"), embedding: has("embedding"), json: has("json") },
    contextLength: context,
    ...(price !== undefined && { pricing: { inputUsdPerMTok: price, outputUsdPerMTok: price } }),
  };
}

/** A short text alone, unless told. */
export function aRequest(given: Partial<RouteRequest> = {}): RouteRequest {
  const text = given.text ?? "Tell me about tea.";
  const textTokens = given.textTokens ?? Math.ceil(text.length / 4);
  const tokens = given.tokens ?? textTokens;
  const none = { fileTokens: 0, hasImages: false, wantsJson: false, needsTools: false };
  return { textTokens, tokens, chars: tokens * charsPerToken, ...none, ...given, text };
}

/** What decisions go by in tests: no rules, nothing measured, and prices as the models given have them. */
export function aBasis(given: Partial<RouteBasis> = {}, models: Model[] = []): RouteBasis {
  const priceOf = (id: string) => models.find((model) => model.id === id)?.pricing?.outputUsdPerMTok ?? 0;
  return {
    preference: "balanced",
    rules: [],
    facts: {
      firstTokenMs: () => undefined,
      isWell: () => true,
      isAffordable: () => true,
      isOwn: () => false,
      costUsd: (id, { inputTokens, outputTokens }) => ((inputTokens + outputTokens) * priceOf(id)) / 1_000_000,
    },
    ...given,
  };
}
