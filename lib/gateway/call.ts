import type { LanguageModelV4CallOptions, LanguageModelV4StreamResult } from "@ai-sdk/provider";
import { ModelError } from "@/lib/core/errors";
import { throughCache } from "./cache/through-cache";
import { startMeter } from "./call-meter";
import type { CallContext } from "./call-record";
import { answer } from "./failover/answer";
import { admitCall } from "./policy/admit-call";
import { callSize } from "./policy/call-size";
import { withOutputLimit } from "./policy/output-limit";
import { promptContent, startCallSpan } from "./trace-call";

/**
 * One call to a model, top to bottom. The stages, in their order: policy → cache → queue → breaker → provider → accounting.
 * Policy is `admitCall`; `throughCache` answers what was answered before; `answer` is queue, breaker and provider, with
 * retries, failover and fallbacks; the meter is the accounting. It settles when the first content is there.
 * @throws ModelError for any failure before the reply begins · RateLimitedError when too many wait · what `admitCall` refuses with · the abort's reason
 */
export async function call(modelId: string, given: CallContext, options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
  const span = startCallSpan(modelId, given, "chat");
  if (span.keepsContent) span.tell({ input: promptContent(options.prompt) });
  const context = { ...given, span };
  const admission = await admitCall(modelId, context, callSize(options)).catch((error) => {
    // A call of its own that is refused leaves no trace: a program that is sent away goes on asking.
    if (given.span) span.end({ error });
    throw error;
  });
  context.onAdmit?.(admission);
  const onCall: CallContext["onCall"] = (record) => {
    admission.settle(record);
    context.onCall?.(record);
  };
  const meter = startMeter(modelId, { ...context, onCall }, options);
  const { mayStandIn } = admission;
  const held = withOutputLimit(options, admission.output);
  try {
    return await throughCache({ modelId, context, options: held, meter, mayStandIn }, answer);
  } catch (error) {
    const isStopped = options.abortSignal?.aborted ?? false;
    meter.settle(
      isStopped ? { outcome: "stopped" } : { outcome: "failed", failure: error instanceof ModelError ? error : undefined, cause: error },
    );
    throw error;
  }
}
