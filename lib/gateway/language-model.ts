import type { LanguageModelV4 } from "@ai-sdk/provider";
import { call } from "./call";
import type { CallContext } from "./call-record";
import { collectReply } from "./collect-reply";
import { splitModelId } from "./upstream";

/**
 * The only way to a model, in the AI SDK's shape: every call goes through the gateway's pipeline.
 * Failures before the reply reject; failures within it come as an `error` part with a ModelError after what was written.
 * The model itself is looked up when it is called.
 */
export function languageModel(modelId: string, context: CallContext): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: splitModelId(modelId).prefix,
    modelId,
    supportedUrls: {},
    doStream: (options) => call(modelId, context, options),
    doGenerate: async (options) => collectReply(await call(modelId, { ...context, isCollected: true }, options)),
  };
}
