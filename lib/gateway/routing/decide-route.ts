import type { RouteDecision } from "@/db/schema/json";
import { canonicalModelId } from "../canonical-id";
import type { Model } from "../contract";
import type { GatewaySettings } from "../gateway-settings";
import type { RouteKind, RoutePreference } from "./contract";
import { explainRoute, type Reason } from "./explain-route";
import { kindOf } from "./kind-of";
import { lacksOf, weightOfLacks } from "./model-needs";
import { type ModelFacts, rankModels } from "./rank-models";
import type { RouteRequest } from "./route-request";

/** What a decision goes by beside the request and the models. */
export type RouteBasis = { preference: RoutePreference; rules: GatewaySettings["routeRules"]; facts: ModelFacts };

/**
 * The model that `auto` stands for: a rule of this deployment, else the conversation's model while the kind stays, else the
 * best by the preference, among the models that are up and have what the request needs. Where none has it, those that lack
 * least. Asks nobody and waits for nothing.
 * @returns null when no chat model is there to be asked
 */
export function decideRoute(request: RouteRequest, models: Model[], basis: RouteBasis): Omit<RouteDecision, "tookMs"> | null {
  const kind = kindOf(request);
  const fitting = mostFitting(reachable(models), request);
  const chosen = choose(fitting, { kind, request, basis });
  if (!chosen) return null;
  const { model, because } = chosen;
  const why = explainRoute(model, { kind, because, lacks: lacksOf(model, request), firstTokenMs: basis.facts.firstTokenMs(model.id) });
  return { kind, preference: basis.preference, model: model.id, why };
}

/** Those that answer; while none is known to, those that were not asked yet. */
function reachable(models: Model[]): Model[] {
  const chat = models.filter(({ capabilities }) => !capabilities.embedding);
  const inState = (wanted: "up" | "unknown") => chat.filter(({ upstreams }) => upstreams.some(({ state }) => state === wanted));
  const up = inState("up");
  return up.length > 0 ? up : inState("unknown");
}

function mostFitting(models: Model[], request: RouteRequest): Model[] {
  const weighed = models.map((model) => ({ model, lack: weightOfLacks(lacksOf(model, request)) }));
  const least = Math.min(...weighed.map(({ lack }) => lack));
  return weighed.filter(({ lack }) => lack === least).map(({ model }) => model);
}

type Given = { kind: RouteKind; request: RouteRequest; basis: RouteBasis };

function choose(models: Model[], { kind, request, basis }: Given): { model: Model; because: Reason } | null {
  for (const rule of basis.rules) {
    const ruled = rule.kind === kind && models.find(({ id }) => id === canonicalModelId(rule.model));
    if (ruled) return { model: ruled, because: "rule" };
  }
  const { previous } = request;
  const kept = previous?.kind === kind && models.find(({ id }) => id === previous.model);
  if (kept) return { model: kept, because: "kept" };
  const [best] = rankModels(models, { kind, request, preference: basis.preference, facts: basis.facts });
  return best ? { model: best, because: "ranked" } : null;
}
