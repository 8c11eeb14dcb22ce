import { ModelError } from "@/lib/core/errors";
import type { Candidate } from "../balance/rank-hosts";
import { callError, hostLabel } from "../call-error";

/** Why nobody is asked: every host that has the model failed again and again, and is left alone until a moment that this names. */
export function openError(candidates: Candidate[]): ModelError {
  const next = candidates.toSorted((a, b) => a.lane.breaker.openUntil.getTime() - b.lane.breaker.openUntil.getTime())[0];
  if (!next) throw new Error("There is no host whose breaker could be open.");
  const { breaker, modelId } = next.lane;
  const hosts = candidates.map(({ target }) => hostLabel(target.upstream)).join(" and ");
  const leftMs = breaker.openUntil.getTime() - Date.now();
  const until = leftMs > 0 ? `not asked again until ${breaker.openUntil.toISOString().slice(11, 19)} UTC` : "being tried again just now";
  const what = `${hosts} failed repeatedly with ${modelId} and ${candidates.length > 1 ? "are" : "is"} ${until}.`;
  const answer = { retryAfterS: Math.max(1, Math.ceil(leftMs / 1000)) };
  const last = breaker.lastFailure;
  // A failure's own words end with what to do about it.
  return last
    ? new ModelError(last.reason, `${what} The last failure: ${last.message}`, answer)
    : callError("crashed", what, undefined, answer);
}
