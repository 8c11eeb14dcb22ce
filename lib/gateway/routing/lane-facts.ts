import { allLanes } from "../queue/lane";
import type { ModelFacts } from "./rank-models";

/** What calls have shown of models and hosts so far, read once for one decision. */
export function laneFacts(): Pick<ModelFacts, "firstTokenMs" | "isWell"> {
  const fastest = new Map<string, number>();
  const admitting = new Map<string, boolean>();
  const now = Date.now();
  for (const { modelId, hostName, firstTokenMs = Number.POSITIVE_INFINITY, breaker, pausedUntil } of allLanes()) {
    fastest.set(modelId, Math.min(firstTokenMs, fastest.get(modelId) ?? Number.POSITIVE_INFINITY));
    const place = `${hostName} ${modelId}`;
    admitting.set(place, admitting.get(place) || (breaker.admits && pausedUntil <= now));
  }
  return {
    firstTokenMs(modelId) {
      const ms = fastest.get(modelId);
      return ms === undefined || ms === Number.POSITIVE_INFINITY ? undefined : ms;
    },
    isWell: ({ id, upstreams }) => upstreams.some(({ name, state }) => state !== "down" && admitting.get(`${name} ${id}`) !== false),
  };
}
