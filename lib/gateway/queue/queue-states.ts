import { allLanes } from "./lane";

/** A model's line as admins see it. `limit` is the sum of its hosts', null when one of them has none. */
export type QueueState = { modelId: string; running: number; waiting: number; limit: number | null };

/** The calls that run and wait, for each model that was used since the start. */
export function queueStates(): QueueState[] {
  const states = new Map<string, QueueState>();
  for (const { modelId, running, limit, line } of allLanes()) {
    const state = states.get(modelId) ?? { modelId, running: 0, waiting: line.waiting.size, limit: 0 };
    state.running += running;
    state.limit = state.limit === null || !Number.isFinite(limit) ? null : state.limit + limit;
    states.set(modelId, state);
  }
  return [...states.values()];
}

/** How many calls wait for a place at a host, whatever their model. */
export const waitingCalls = () => queueStates().reduce((sum, { waiting }) => sum + waiting, 0);
