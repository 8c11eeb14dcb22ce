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
  /** Where it may be served as things are at this moment; nowhere when the list is empty. */
  lookAgain: () => Lane[];
  /** Gives it a place on a lane that has room. */
  admit: (lane: Lane) => void;
  /** Sends it away: there is nothing left for it to wait for. */
  refuse: () => void;
  /** Sends it away from a full line, for one of an owner who has less there. */
  displace: () => void;
  onPosition?: (position: number) => void;
};

/** What is kept of a model, whatever host has it: who waits for it, and how soon it answered. */
export type ModelLine = {
  modelId: string;
  /** By host and address. */
  lanes: Map<string, Lane>;
  waiting: ReturnType<typeof fairLine<Waiting>>;
  /** Of the last hundred calls, in milliseconds. */
  firstTokenMs: ReturnType<typeof slidingWindow>;
  isTelling: boolean;
};

const maxLines = 2_000;
/** The one used last comes last. */
const lines = () => processGlobal("gateway-lanes", () => new Map<string, ModelLine>());

/**
 * The line of a model, by its public id. Callers may make names up: beyond 2,000 models those used longest ago are forgotten,
 * but none that has calls under way or waiting, which would be lost to hosts that are seen later.
 */
export function modelLineOf(modelId: string): ModelLine {
  const all = lines();
  const known = all.get(modelId);
  const line = known ?? { modelId, lanes: new Map(), waiting: fairLine<Waiting>(), firstTokenMs: slidingWindow(), isTelling: false };
  all.delete(modelId);
  all.set(modelId, line);
  if (!known) forgetIdle(line);
  return line;
}

/** The line of every model that was asked for and is remembered. */
export function allLines(): ModelLine[] {
  return [...lines().values()];
}

function forgetIdle(newest: ModelLine): void {
  for (const line of lines().values()) {
    if (lines().size <= maxLines || line === newest) return;
    const isIdle = line.waiting.size === 0 && [...line.lanes.values()].every(({ running }) => running === 0);
    if (isIdle) lines().delete(line.modelId);
  }
}

/** Lets waiting calls in while the lane has room. When its breaker lets nobody through, those who wait look for other lanes. */
export function serveLine(lane: Lane): void {
  const { line } = lane;
  if (line.waiting.size === 0) return;
  if (!lane.breaker.admits) return serveAfresh(line);
  fill(lane);
  tellPositions(line);
}

/**
 * Has those who wait look where they may be served now, in their places in line, and lets in those for whom there is room.
 * Those who may be served nowhere are sent away.
 */
export function serveAfresh(line: ModelLine): void {
  if (line.waiting.size === 0) return;
  const lanes = new Set<Lane>();
  for (const waiting of [...line.waiting.inOrder()]) {
    waiting.lanes = waiting.lookAgain();
    for (const lane of waiting.lanes) lanes.add(lane);
    if (waiting.lanes.length > 0) continue;
    line.waiting.remove(waiting);
    waiting.refuse();
  }
  for (const lane of lanes) fill(lane);
  tellPositions(line);
}

/** Hosts may have come, gone or changed: does so for every model. */
export function serveAllAfresh(): void {
  for (const line of allLines()) serveAfresh(line);
}

function fill(lane: Lane): void {
  while (lane.hasRoom) {
    const next = lane.line.waiting.take(({ lanes }) => lanes.includes(lane));
    if (!next) return;
    next.admit(lane);
  }
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
