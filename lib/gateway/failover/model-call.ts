import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { CallMeter } from "../call-meter";
import type { CallContext } from "../call-record";

/** A call to one model, on its way through the hosts. */
export type ModelCall = {
  modelId: string;
  context: CallContext;
  options: LanguageModelV4CallOptions;
  meter: CallMeter;
  /** What the call has taken so far, over all models and hosts it was put to. */
  effort: { attempts: number; retries: number; queuedMs: number; hostMs: number };
};
