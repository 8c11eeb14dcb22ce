import { answerHeaders } from "./answer-headers";
import type { ObservedCall } from "./observe-call";

/** What is known of a call of `/v1` that failed, as headers of its error: also who was asked, when nobody answered. */
export function failureHeaders(observed: ObservedCall): Record<string, string> {
  const { facts, record } = observed;
  const known = answerHeaders(observed);
  if (facts || !record) return known;
  const { upstream, cache, attempts } = record;
  return {
    ...known,
    ...(attempts > 0 && { "x-hearth-upstream": encodeURI(upstream) }),
    "x-hearth-cache": cache === "similar" ? "hit" : cache,
    "x-hearth-attempts": String(attempts),
  };
}
