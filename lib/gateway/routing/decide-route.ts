import type { RouteDecision } from "@/db/schema/json";
import { canonicalModelId } from "../canonical-id";
import type { Model } from "../contract";
import type { GatewaySettings } from "../gateway-settings";
import type { RouteKind, RoutePreference } from "./contract";
import { explainRoute, type Reason } from "./explain-route";
import { kindOf } from "./kind-of";
import { lacksOf, type Need, weightOfLacks } from "./model-needs";
import { type ModelFacts, rankModels } from "./rank-models";
import type { RouteRequest } from "./route-request";

/** What a decision goes by beside the request and the models. */
export type RouteBasis = { preference: RoutePreference; rules: GatewaySettings["routeRules"]; facts: ModelFacts };

/** `fallbacks` are the next best, the best of them first. */
type Decided = Omit<RouteDecision, "tookMs"> & { fallbacks: string[] };

/** How many models may be asked after the chosen one: whoever waits must be told some time that nobody answers. */
const mostFallbacks = 3;

/**
 * The model that `auto` stands for: a rule of this deployment, else the conversation's model while the kind stays, else the
 * best by the preference, among the models that are up, have what the request needs, can be paid for and do not keep failing.
 * Where none has it, those that lack least. Asks nobody and waits for nothing.
 * @returns null when no chat model is there to be asked
 */
export function decideRoute(given: RouteRequest, models: Model[], basis: RouteBasis): Decided | null {
  const kind = kindOf(given);
  const request = kind === "tools" ? { ...given, needsTools: true } : given;
  const candidates = reachable(models);
  const fitting = well(affordable(mostFitting(candidates, request), basis.facts), basis.facts);
  const ranked = rankModels(fitting, { kind, request, preference: basis.preference, facts: basis.facts });
  const chosen = choose(ranked, { kind, request, basis });
  if (!chosen) return null;
  const { model, because } = chosen;
  const lacks = lacksOf(model, request).map((need) => ({ need, isElsewhere: hasAny(candidates, need, request) }));
  const why = explainRoute(model, { kind, because, lacks, firstTokenMs: basis.facts.firstTokenMs(model.id) });
  const others = ranked.filter((other) => other !== model).slice(0, mostFallbacks);
  return { kind, preference: basis.preference, model: model.id, why, fallbacks: others.map(({ id }) => id) };
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

const hasAny = (models: Model[], need: Need, request: RouteRequest) => models.some((model) => !lacksOf(model, request).includes(need));

/** Those that the caller's budgets have room for; all while they have for none, as the refusal then tells why. */
function affordable(models: Model[], { isAffordable }: ModelFacts): Model[] {
  const found = models.filter(({ id }) => isAffordable(id));
  return found.length > 0 ? found : models;
}

/** Those that do not keep failing; all while each does, as what the best then fails with is the true reason. */
function well(models: Model[], { isWell }: ModelFacts): Model[] {
  const found = models.filter(isWell);
  return found.length > 0 ? found : models;
}

type Given = { kind: RouteKind; request: RouteRequest; basis: RouteBasis };

/** @param models the best first */
function choose(models: Model[], { kind, request, basis }: Given): { model: Model; because: Reason } | null {
  for (const rule of basis.rules) {
    const ruled = rule.kind === kind && models.find(({ id }) => id === canonicalModelId(rule.model));
    if (ruled) return { model: ruled, because: "rule" };
  }
  const { previous } = request;
  const kept = previous?.kind === kind && models.find(({ id }) => id === previous.model);
  if (kept) return { model: kept, because: "kept" };
  const [best] = models;
  return best ? { model: best, because: "ranked" } : null;
}
