import { canonicalModelId } from "../canonical-id";
import { allLanes } from "../queue/lane";
import { serveAfresh } from "../queue/model-line";

/** Closes a breaker by hand, so that the host is asked again at once, also where it asked for patience. `model` is the public id. */
export function closeBreaker(hostId: string, model: string): void {
  const modelId = canonicalModelId(model);
  for (const lane of allLanes()) {
    if (lane.hostId !== hostId || lane.modelId !== modelId) continue;
    lane.breaker.close();
    lane.pausedUntil = 0;
    serveAfresh(lane.line);
  }
}

/** A host accepts connections again: the breakers that its refusals had opened are closed. */
export function closeRefusedBreakers(hostId: string): void {
  for (const { hostId: id, breaker } of allLanes()) {
    if (id === hostId && breaker.state !== "closed" && breaker.lastFailure?.reason === "host_refused") breaker.close();
  }
}
