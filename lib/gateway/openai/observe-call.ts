import type { RouteInput } from "@/lib/http/route";
import { wantsFresh } from "@/lib/http/wants-fresh";
import type { AnswerFacts, CallContext, CallRecord } from "../call-record";
import { type CallSignal, callSignal } from "./call-signal";
import type { createChatCompletion } from "./contract";
import { failureHeaders } from "./failure-headers";

/** A call on behalf of a caller of `/v1`, and what the pipeline told of it so far. `record` has the tokens of all its tries. */
export type ObservedCall = CallSignal & {
  context: CallContext;
  facts?: AnswerFacts;
  record?: CallRecord;
  firstPosition?: number;
  rateHeaders?: Record<string, string>;
  /** Sentences about budgets that come to their end. */
  warnings?: string[];
};

type Asked = Pick<RouteInput<typeof createChatCompletion>, "caller" | "request" | "answerHeaders">;

/**
 * Answers a call of `/v1` and notes what the answer's headers and counts are made of. What is known of one that fails goes
 * out with its error. `answer` ends the call when its answer is whole.
 */
export async function observeCall(asked: Asked, answer: (observed: ObservedCall) => Promise<Response>): Promise<Response> {
  const observed = startObserving(asked);
  try {
    return await answer(observed);
  } catch (error) {
    observed.end();
    for (const [name, value] of Object.entries(failureHeaders(observed))) asked.answerHeaders.set(name, value);
    throw error;
  }
}

function startObserving({ caller, request }: Asked): ObservedCall {
  const { userId, key } = caller;
  const observed: ObservedCall = {
    ...callSignal(caller, request.signal),
    context: {
      userId,
      key,
      purpose: "api",
      cache: wantsFresh(request.headers) ? "skip" : "use",
      onAdmit: ({ headers, warnings }) => {
        observed.rateHeaders = headers;
        observed.warnings = warnings;
      },
      onAnswer: (facts) => {
        observed.facts = facts;
      },
      onCall: (record) => {
        observed.record = observed.record ? withTokensOf(observed.record, record) : record;
      },
      onQueue: (position) => {
        if (position > 0) observed.firstPosition ??= position;
      },
    },
  };
  return observed;
}

/** The later of two tries, with the tokens of both. */
function withTokensOf(earlier: CallRecord, later: CallRecord): CallRecord {
  return {
    ...later,
    inputTokens: earlier.inputTokens + later.inputTokens,
    outputTokens: earlier.outputTokens + later.outputTokens,
    cachedTokens: earlier.cachedTokens + later.cachedTokens,
    reasoningTokens: earlier.reasoningTokens + later.reasoningTokens,
  };
}
