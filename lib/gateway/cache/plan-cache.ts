import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { KeyGrant } from "@/lib/http/caller";
import type { CallContext } from "../call-record";
import { canonicalModelId } from "../canonical-id";
import { gatewaySettings } from "../gateway-settings";
import { modelSettingsOf } from "../model-settings";
import { cacheKey } from "./cache-key";
import { singleQuestion } from "./single-question";

/** Where a call's answer may come from and is kept. */
export type CachePlan = {
  key: string;
  scope: string;
  /** Whose call it is, also where the scope is shared. */
  ownerId: string;
  model: string;
  /** Set when the answer to a similar question will do. `contextKey` is the key of everything but the question. */
  similar?: { question: string; contextKey: string; atLeast: number };
};

/** Whose answers keys have in common that an admin lets share theirs. No user's id is this. */
const sharedScope = "shared";

/**
 * Whether and how a call takes part in the cache: one that is deterministic (temperature 0, or a seed), or whose key or
 * model opted in. Null for all others, for calls without an owner, those of which nothing may be kept and those that Hearth
 * makes by itself, as for a title, and while the cache is switched off.
 */
export function planCache(call: { modelId: string; context: CallContext; options: LanguageModelV4CallOptions }): CachePlan | null {
  const { modelId, options } = call;
  const { userId, key, purpose } = call.context;
  const settings = gatewaySettings();
  if (purpose !== "chat" && purpose !== "api") return null;
  if (userId === null || call.context.cache === "off" || key?.cache === "off" || settings.cacheMaxMb === 0) return null;
  const model = canonicalModelId(modelId);
  if (!isDeterministic(options) && !isOptedIn(model, key)) return null;
  const scope = key?.sharesCache ? sharedScope : userId;
  const plan = { key: cacheKey({ scope, modelId, key, options }), scope, ownerId: userId, model };
  const single = key?.cache === "similar" ? singleQuestion(options) : null;
  if (!single) return plan;
  const contextKey = cacheKey({ scope, modelId, key, options: single.rest });
  return { ...plan, similar: { question: single.question, contextKey, atLeast: key?.similarity ?? settings.similarity } };
}

const isDeterministic = ({ temperature, seed }: LanguageModelV4CallOptions) => temperature === 0 || seed !== undefined;

function isOptedIn(model: string, key: KeyGrant | undefined): boolean {
  return key?.cache === "always" || key?.cache === "similar" || modelSettingsOf(model)?.cacheAlways === true;
}
