import type { RouteDecision } from "@/db/schema/json";
import type { Model } from "../contract";
import { costUsd } from "../cost";
import { gatewaySettings } from "../gateway-settings";
import { listModels } from "../list-models";
import { affordableModels } from "../policy/affordable-models";
import type { CallSize } from "../policy/hold";
import { modelsFor, type Viewer } from "../policy/models-for";
import { estimateTokensOfChars } from "../token-estimate";
import { decideRoute, type RouteBasis } from "./decide-route";
import { laneFacts } from "./lane-facts";
import { ownHosts } from "./own-hosts";
import type { RouteRequest } from "./route-request";

/** A decision, and the models that are next best, which may answer when the chosen one fails before it says anything. */
export type AutoRoute = RouteDecision & { fallbacks: string[] };

/** How long a model of one's own machine is taken to work on a reply, for a price an hour. */
const usualWorkMs = 10_000;

/**
 * Decides which model `auto` is for a request, by the settings in force, without asking a model.
 * @param viewer who asks, whose models alone come into question
 * @param given `takes` tells which models would not refuse the request; the others are chosen from while none of these answers
 * @returns null when no chat model is there to be asked
 */
export async function routeAuto(
  request: RouteRequest,
  viewer: Viewer,
  given: Partial<Pick<RouteBasis, "preference" | "rules">> & { takes?: (model: Model) => boolean } = {},
): Promise<AutoRoute | null> {
  const [models, isAffordable] = await Promise.all([
    listModels().then((all) => modelsFor(all, viewer)),
    affordableModels(viewer, sizeOf(request)),
  ]);
  const { routePreference, routeRules } = gatewaySettings();
  const startedAt = performance.now();
  const basis: RouteBasis = {
    preference: given.preference ?? routePreference,
    rules: given.rules ?? routeRules,
    facts: { ...laneFacts(), isOwn: ownHosts(), isAffordable, costUsd: (modelId, tokens) => costUsd(modelId, tokens, usualWorkMs) },
  };
  const taking = given.takes ? models.filter(given.takes) : models;
  const decided = decideRoute(request, taking, basis) ?? (taking.length < models.length ? decideRoute(request, models, basis) : null);
  return decided && { ...decided, tookMs: Math.round((performance.now() - startedAt) * 1_000) / 1_000 };
}

/** The same as the call's own size will be, without its text. */
function sizeOf({ chars, fileTokens, maxOutputTokens }: RouteRequest): CallSize {
  return { maxOutputTokens, inputTokens: (modelId) => estimateTokensOfChars(chars, modelId) + fileTokens };
}
