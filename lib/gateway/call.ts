import type { LanguageModelV4CallOptions, LanguageModelV4StreamResult } from "@ai-sdk/provider";
import { ModelError } from "@/lib/core/errors";
import { startMeter } from "./call-meter";
import { callProvider } from "./call-provider";
import type { CallContext } from "./call-record";
import { chooseHost } from "./choose-host";
import { readReply } from "./read-reply";

/**
 * One call to a model, top to bottom. The stages, in their order: policy → cache → queue → breaker → provider → usage.
 * Policy is `chooseHost`, provider is `callProvider`, usage is the meter. A stage that is added goes between these lines.
 * @throws ModelError for any failure before the reply begins; the abort's reason when the caller aborted
 */
export async function call(
  modelId: string,
  context: CallContext,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4StreamResult> {
  const meter = startMeter(modelId, context, options);
  try {
    const { target, known } = await chooseHost(modelId);
    meter.onUpstream(target.upstream.name);
    const { attempt, result } = await callProvider({ target, known, options });
    return { ...result, stream: readReply(result.stream, attempt, meter) };
  } catch (error) {
    meter.settle(error instanceof ModelError ? { outcome: "failed", failure: error } : { outcome: "stopped" });
    throw error;
  }
}
