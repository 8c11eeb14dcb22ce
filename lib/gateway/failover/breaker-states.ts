import { allLanes } from "../queue/lane";

/** A breaker as admins see it. `until` is set while it is open; `reason` is the last failure in words. */
export type BreakerState = {
  hostId: string;
  model: string;
  state: "closed" | "open" | "half-open";
  until: Date | null;
  reason: string | null;
};

/** The breakers of every host and model that was used since the start. `model` is the public id. */
export function breakerStates(): BreakerState[] {
  return allLanes().map(({ hostId, modelId, breaker: { state, openUntil, lastFailure } }) => ({
    hostId,
    model: modelId,
    state,
    until: state === "open" ? openUntil : null,
    reason: state === "closed" ? null : (lastFailure?.message ?? null),
  }));
}
