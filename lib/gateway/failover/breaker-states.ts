import { allLanes } from "../queue/lane";
import type { Breaker } from "./breaker";

/** A breaker as admins see it. `until` is set while it is open; `reason` is the last failure in words. */
export type BreakerView = { state: Breaker["state"]; until: Date | null; reason: string | null };

/** The breaker of a model on a host. `model` is the public id. */
export type BreakerState = BreakerView & { hostId: string; model: string };

/** Where nobody has asked for so long after a pause, that the host failed says nothing of it any more. */
const staleAfterMs = 5 * 60_000;

/**
 * Whether a breaker is a reason to worry: it keeps calls away, or did until a moment ago. While calls come, one pause
 * follows the other; where none comes, nothing would ever close it.
 */
export function isStillBroken({ state, until }: BreakerView): boolean {
  return state === "half-open" || (until !== null && until.getTime() > Date.now() - staleAfterMs);
}

/** What a breaker shows of itself. */
export function toBreakerView({ state, openUntil, lastFailure }: Breaker): BreakerView {
  return {
    state,
    until: state === "open" ? openUntil : null,
    reason: state === "closed" ? null : (lastFailure?.message ?? null),
  };
}

/** The breakers of every host and model that was used since the start. */
export function breakerStates(): BreakerState[] {
  return allLanes().map(({ hostId, modelId, breaker }) => ({ hostId, model: modelId, ...toBreakerView(breaker) }));
}
