import { allLanes } from "../queue/lane";

/** How soon a model's fastest host had its first token of late, in milliseconds; undefined when none was asked yet. */
export function firstTokenMs(modelId: string): number | undefined {
  const known = allLanes().flatMap((lane) => (lane.modelId === modelId && lane.firstTokenMs !== undefined ? [lane.firstTokenMs] : []));
  return known.length > 0 ? Math.min(...known) : undefined;
}
