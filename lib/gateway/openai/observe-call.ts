import type { Caller } from "@/lib/http/caller";
import { wantsFresh } from "@/lib/http/wants-fresh";
import type { AnswerFacts, CallContext, CallRecord } from "../call-record";

/** A call on behalf of a caller of `/v1`, and what the pipeline told of it so far. */
export type ObservedCall = {
  context: CallContext;
  facts?: AnswerFacts;
  record?: CallRecord;
  firstPosition?: number;
  rateHeaders?: Record<string, string>;
};

/** The context of a call of `/v1`; it notes what the answer's headers and counts are made of. */
export function observeCall({ userId, key }: Pick<Caller, "userId" | "key">, headers: Headers): ObservedCall {
  const observed: ObservedCall = {
    context: {
      userId,
      key,
      purpose: "api",
      cache: wantsFresh(headers) ? "skip" : "use",
      onAdmit: ({ headers }) => {
        observed.rateHeaders = headers;
      },
      onAnswer: (facts) => {
        observed.facts = facts;
      },
      onCall: (record) => {
        observed.record = record;
      },
      onQueue: (position) => {
        if (position > 0) observed.firstPosition ??= position;
      },
    },
  };
  return observed;
}
