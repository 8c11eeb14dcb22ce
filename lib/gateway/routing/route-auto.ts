import type { RouteDecision } from "@/db/schema/json";
import { firstTokenMs } from "../balance/first-token-ms";
import { costUsd } from "../cost";
import { gatewaySettings } from "../gateway-settings";
import { listModels } from "../list-models";
import { modelsFor, type Viewer } from "../policy/models-for";
import { decideRoute, type RouteBasis } from "./decide-route";
import type { RouteRequest } from "./route-request";

/** How long a model of one's own machine is taken to work on a reply, for a price an hour. */
const usualWorkMs = 10_000;

/**
 * Decides which model `auto` is for a request, by the settings in force, without asking a model.
 * @param viewer who asks, whose models alone come into question
 * @returns null when no chat model is there to be asked
 */
export async function routeAuto(
  request: RouteRequest,
  viewer: Viewer,
  given: Partial<Pick<RouteBasis, "preference" | "rules">> = {},
): Promise<RouteDecision | null> {
  const models = await modelsFor(await listModels(), viewer);
  const { routePreference, routeRules } = gatewaySettings();
  const startedAt = performance.now();
  const decided = decideRoute(request, models, {
    preference: given.preference ?? routePreference,
    rules: given.rules ?? routeRules,
    facts: { firstTokenMs, costUsd: (modelId, tokens) => costUsd(modelId, tokens, usualWorkMs) },
  });
  return decided && { ...decided, tookMs: Math.round((performance.now() - startedAt) * 1_000) / 1_000 };
}
