import { LRUCache } from "lru-cache";
import { processGlobal } from "@/lib/core/process-global";
import { slidingWindow } from "../failover/sliding-window";
import { fairLine } from "./fair-line";
import type { Lane } from "./lane";

/** A call that waits for a place. */
export type Waiting = {
  owner: string;
  isBackground: boolean;
  /** Where it may be served. */
  lanes: Lane[];
  /** Gives it a place on a lane that has room. */
  admit: (lane: Lane) => void;
  /** Sends it away: none of its lanes lets calls through any more. */
  refuse: () => void;
  /** Sends it away from a full line, for one of an owner who has less there. */
  displace: () => void;
  onPosition?: (position: number) => void;
};

/** What is kept of a model, whatever host has it: who waits for it, and how soon it answered. */
export type ModelLine = {
  modelId: string;
  waiting: ReturnType<typeof fairLine<Waiting>>;
  /** Of the last hundred calls, in milliseconds. */
  firstTokenMs: ReturnType<typeof slidingWindow>;
  isTelling: boolean;
};

const maxLines = 2_000;
const lines = () => processGlobal("gateway-lines", () => new LRUCache<string, ModelLine>({ max: maxLines }));

/** The line of a model, by its public id. */
export function modelLineOf(modelId: string): ModelLine {
  const known = lines().get(modelId);
  if (known) return known;
  const line: ModelLine = { modelId, waiting: fairLine<Waiting>(), firstTokenMs: slidingWindow(), isTelling: false };
  lines().set(modelId, line);
  return line;
}

/** Lets waiting calls in while the lane has room. When its breaker has opened, those that wait for nothing else are sent away. */
export function serveLine(lane: Lane): void {
  const { line } = lane;
  if (line.waiting.size === 0) return;
  while (lane.running < lane.limit && lane.breaker.admits) {
    const next = line.waiting.take(({ lanes }) => lanes.includes(lane));
    if (!next) break;
    next.admit(lane);
  }
  if (!lane.breaker.admits) {
    const isLost = ({ lanes }: Waiting) => lanes.every(({ breaker }) => !breaker.admits);
    for (let lost = line.waiting.take(isLost); lost; lost = line.waiting.take(isLost)) lost.refuse();
  }
  tellPositions(line);
}

/** Tells those who wait where they stand; once, however many changes come together. */
export function tellPositions(line: ModelLine): void {
  if (line.isTelling) return;
  line.isTelling = true;
  setImmediate(() => {
    line.isTelling = false;
    let position = 0;
    for (const { onPosition } of line.waiting.inOrder()) {
      position++;
      onPosition?.(position);
    }
  });
}
