import type { ModelError } from "@/lib/core/errors";
import type { Candidate } from "../balance/rank-hosts";
import { callError, hostLabel } from "../call-error";
import { pauseLeftMs } from "../queue/lane";

/** Why nobody is asked: every host that has the model wants to be left alone with it for longer than a call waits. */
export function pausedError(candidates: Candidate[]): ModelError {
  const retryAfterS = Math.max(1, Math.ceil(Math.min(...candidates.map(({ lane }) => pauseLeftMs(lane))) / 1000));
  const hosts = candidates.map(({ target }) => hostLabel(target.upstream)).join(" and ");
  const what = `${hosts} asked to be left alone with ${candidates[0]?.target.modelId} for ${retryAfterS} more seconds.`;
  return callError("overloaded", what, undefined, { retryAfterS });
}
