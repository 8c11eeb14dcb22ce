import type { LanguageModelV4CallOptions, LanguageModelV4StreamResult } from "@ai-sdk/provider";
import { AppError, ModelError } from "@/lib/core/errors";
import type { CachedCall } from "../cache/cached-call";
import { callProvider, type Opened } from "../call-provider";
import type { CallContext } from "../call-record";
import { contextTokensOf } from "../context-tokens";
import { hasImages } from "../has-images";
import { isKnownToLack } from "../is-known-to-lack";
import { findModel } from "../list-models";
import { modelSettingsOf } from "../model-settings";
import { isHidden } from "../policy/is-hidden";
import { keyAllowsModel } from "../policy/key-allows-model";
import { withOutputLimit } from "../policy/output-limit";
import { readReply } from "../read-reply";
import { askModel } from "./ask-model";
import { type AskOnce, type ModelCall, noEffort } from "./model-call";
import { earnRetry } from "./retry-budget";

/**
 * Gets a call answered by whoever can: the model's hosts in turn, then the models it falls back to. Settles when the first
 * content of the reply is there; up to then every failure can be made good, and after it none is hidden.
 * @throws ModelError of the model that was asked for · RateLimitedError when its line is full · the abort's reason
 */
export async function answer({ meter, options, mayStandIn, ...given }: CachedCall): Promise<LanguageModelV4StreamResult> {
  earnRetry();
  const { isCollected } = given.context;
  const call: ModelCall = { ...given, use: "chat", options, meter, askOnce: askWith(options, isCollected), effort: noEffort() };
  const opened = await askChain(call, async (fallback) => {
    const adapted = await adaptOptions(options, fallback, call.context);
    const limit = adapted && (await mayStandIn(fallback));
    return limit && { ...call, modelId: fallback, askOnce: askWith(withOutputLimit(adapted, limit), isCollected) };
  });
  meter.onAnswer(call.effort.hostMs);
  return { ...opened.rest, stream: readReply(opened, meter) };
}

function askWith(options: LanguageModelV4CallOptions, isCollected?: boolean): AskOnce<Opened> {
  return ({ target, known }, onSettle) => callProvider({ target, known, options, isCollected, onSettle });
}

/**
 * A call's options as a model that stands in takes them; null for one that would answer without something that was asked for.
 * Whether it needs tools is for the call to say: those of the chat stand by, and an answer without them is better than none.
 */
async function adaptOptions(options: LanguageModelV4CallOptions, id: string, { settingsFor }: CallContext) {
  const { prompt, abortSignal, maxOutputTokens, ...same } = options;
  const listed = await findModel(id);
  if (isKnownToLack("vision", listed) && hasImages(prompt)) return null;
  const settings = settingsFor ? settingsFor({ id, listed }) : same;
  return settings && { ...settings, prompt, abortSignal, maxOutputTokens };
}

/**
 * Asks the model, then those it falls back to, in their order. What the first failed with is what the caller is told.
 * @param toFallback the call as it is put to such a model; null when that one may not stand in
 */
async function askChain(call: ModelCall, toFallback: (modelId: string) => Promise<ModelCall | null>): Promise<Opened> {
  const { modelId, options, meter } = call;
  try {
    return await askModel(call);
  } catch (failure) {
    if (options.abortSignal?.aborted || !(failure instanceof AppError)) throw failure;
    for (const fallback of await fallbacksFor(call, failure)) {
      const next = await toFallback(fallback);
      if (!next) continue;
      meter.note({ model: fallback, requestedModel: modelId });
      const opened = await askModel(next).catch(() => options.abortSignal?.throwIfAborted());
      if (opened) return opened;
    }
    meter.note({ model: modelId, requestedModel: undefined });
    throw failure;
  }
}

/** The models that may answer in this one's place: those the caller and the key may use, and for a prompt that is too long those that can take more. */
async function fallbacksFor({ modelId, context }: ModelCall, failure: AppError): Promise<string[]> {
  const own = modelSettingsOf(modelId)?.fallbacks ?? [];
  const chain = (own.length > 0 ? own : (context.fallbacks ?? [])).filter((id) => id !== modelId && keyAllowsModel(context.key, id));
  const hidden = await Promise.all(chain.map((id) => isHidden(id, context.userId)));
  const fallbacks = chain.filter((_, index) => !hidden[index]);
  if (!(failure instanceof ModelError && failure.reason === "context_too_long")) return fallbacks;
  const [ownTokens = 0, ...others] = await Promise.all([modelId, ...fallbacks].map(knownContext));
  return fallbacks.filter((_, index) => (others[index] ?? Number.POSITIVE_INFINITY) > ownTokens);
}

/** How much of a model's context its calls use; undefined when no host tells. */
async function knownContext(modelId: string): Promise<number | undefined> {
  const contextLength = (await findModel(modelId))?.contextLength;
  return contextLength ? contextTokensOf(modelId, contextLength) : undefined;
}
