import { contextTokensOf } from "../context-tokens";
import type { Model } from "../contract";
import { lacksPrice } from "../lacks-price";
import { splitModelId } from "../upstream";
import type { RouteKind, RoutePreference } from "./contract";
import { type ModelWorth, modelWorth } from "./model-worth";
import type { RouteRequest } from "./route-request";

/** What is known of models beside their list. Costs are US dollars. */
export type ModelFacts = {
  /** How soon the model's fastest host had its first token of late; undefined when none was asked yet. */
  firstTokenMs: (modelId: string) => number | undefined;
  /** Whether one of the model's hosts lets calls through: none does while each failed repeatedly, or asked to be left alone. */
  isWell: (model: Model) => boolean;
  /** Whether the caller's hard budgets have room for the call, so that it would not be refused. */
  isAffordable: (modelId: string) => boolean;
  /** Whether only servers of one's own network serve the model, so that without a price it costs nothing. */
  isOwn: (model: Model) => boolean;
  costUsd: (modelId: string, tokens: { inputTokens: number; outputTokens: number; cachedTokens: number }) => number;
};

type Weights = { quality: number; fit: number; cost: number; speed: number };

const weightsOf: Record<RoutePreference, Weights> = {
  fast: { quality: 0.2, fit: 0.25, cost: 0.05, speed: 0.5 },
  balanced: { quality: 0.3, fit: 0.3, cost: 0.15, speed: 0.25 },
  best: { quality: 0.65, fit: 0.3, cost: 0, speed: 0.05 },
  cheap: { quality: 0.1, fit: 0.15, cost: 0.6, speed: 0.15 },
};

/** More of it is not noticed in an exchange of greetings. */
const enoughForSmallTalk = 0.4;
/** Below this a model can hardly answer a question: it stands in only when there is no other. */
const leastQuality = 0.15;
const usualReplyTokens = 500;
/** At this cost of a reply, or this wait for its first word, half of the points are left. */
const half = { costUsd: 0.002, firstTokenMs: 1_500, billions: 15 };
/** What stands for a first word nobody has waited for yet. */
const unmeasured = { loaded: 0.8, cold: 0.25, hosted: 0.6 };

const ownMachine = new Set(["ollama", "local"]);

/** Models by how well they suit a request, the best first; equal ones in the order given. */
export function rankModels(
  models: Model[],
  by: { kind: RouteKind; request: RouteRequest; preference: RoutePreference; facts: ModelFacts },
) {
  const scored = models.map((model) => ({ model, score: scoreOf(model, by) }));
  return scored.toSorted((a, b) => b.score - a.score).map(({ model }) => model);
}

function scoreOf(model: Model, { kind, request, preference, facts }: Parameters<typeof rankModels>[1]): number {
  const worth = modelWorth(model.name);
  const weights = weightsOf[preference];
  const isEnough = kind === "small-talk" && preference !== "best";
  const quality = isEnough ? Math.min(1, worth.quality / enoughForSmallTalk) : worth.quality;
  const score =
    weights.quality * quality +
    weights.fit * fitOf[kind](model, worth) +
    weights.cost * thrift(model, request, facts) +
    weights.speed * speedOf(model, worth, facts);
  return worth.quality < leastQuality ? score - 1 : score;
}

/** How well a model's abilities suit each kind, 0 to 1. */
const fitOf: Record<RouteKind, (model: Model, worth: ModelWorth) => number> = {
  vision: ({ capabilities }) => (capabilities.vision ? 1 : 0),
  long: ({ id, contextLength }) => Math.min(1, Math.log2(Math.max(1, contextTokensOf(id, contextLength) / 4_096)) / 6),
  structured: ({ capabilities }) => (capabilities.json ? 0.5 : 0) + (capabilities.tools ? 0.5 : 0.1),
  tools: ({ capabilities }) => (capabilities.tools ? 1 : 0.1),
  code: (_, { isForCode }) => (isForCode ? 1 : 0.55),
  reasoning: ({ capabilities }, { isForCode, isReasoner }) => (isReasoner ? 1 : capabilities.thinking ? 0.85 : isForCode ? 0.3 : 0.5),
  "small-talk": (_, { isForCode, isReasoner }) => (isReasoner ? 0.4 : isForCode ? 0.5 : 1),
  general: (_, { isForCode, isReasoner }) => (isForCode ? 0.4 : isReasoner ? 0.7 : 1),
};

function thrift(model: Model, request: RouteRequest, { costUsd, isOwn }: ModelFacts): number {
  // A price nobody knows is not none.
  if (lacksPrice(model) && !isOwn(model)) return 0.3;
  const usd = costUsd(model.id, {
    inputTokens: request.tokens,
    outputTokens: request.maxOutputTokens ?? usualReplyTokens,
    cachedTokens: 0,
  });
  return half.costUsd / (half.costUsd + usd);
}

/** How soon the first word comes, and how fast those after it. */
function speedOf({ id, upstreams }: Model, { billions = 8, quality }: ModelWorth, { firstTokenMs }: ModelFacts): number {
  const isOwn = ownMachine.has(splitModelId(id).prefix);
  const ms = firstTokenMs(id);
  const isLoaded = upstreams.some(({ loaded }) => loaded);
  const guess = isLoaded ? unmeasured.loaded : isOwn ? unmeasured.cold : unmeasured.hosted;
  // What was measured while a model was in memory says nothing of one that has left it.
  const first = ms === undefined || (isOwn && !isLoaded) ? guess : half.firstTokenMs / (half.firstTokenMs + ms);
  const pace = isOwn ? half.billions / (half.billions + billions) : 1 - 0.5 * quality;
  return 0.6 * first + 0.4 * pace;
}
