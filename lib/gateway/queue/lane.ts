import { LRUCache } from "lru-cache";
import { processGlobal } from "@/lib/core/process-global";
import { type Breaker, startBreaker } from "../failover/breaker";
import { maxParallelOf } from "../host-settings";
import { prefixOf, type Upstream } from "../upstream";
import { type ModelLine, modelLineOf, serveLine } from "./model-line";
import { type ParallelEstimate, parallelEstimate } from "./parallel-estimate";

/** One model on one host: how many calls it has, how many it may have, how fast it is, and whether it is well. */
export type Lane = {
  hostId: string;
  hostName: string;
  modelId: string;
  /** Where calls wait for a place: one line for the model, whatever host has it. */
  line: ModelLine;
  breaker: Breaker;
  running: number;
  /** Calls at once; Infinity when nothing bounds them here. */
  readonly limit: number;
  /** False while the limit is being found out. */
  readonly isLimitKnown: boolean;
  /** Moving average (EWMA) of the time to the first token, and of a whole call. */
  firstTokenMs?: number;
  callMs?: number;
  /** The host asked to be left alone until then (`Date.now()`). */
  pausedUntil: number;
  parallel?: ParallelEstimate;
};

/** A call's place on a lane, from before the host is asked to the end of the reply. */
export type Place = {
  lane: Lane;
  onFirstToken(): void;
  /** Gives the place to the next call in line. Only the first time counts. */
  leave(): void;
};

/** The embedded model's worker does one thing at a time; its own line then stays empty. */
export const embeddedParallel = 1;

/** A new figure moves an average a fifth of the way. */
const newFigureWeight = 0.2;
const maxLanes = 5_000;
const lanes = () => processGlobal("gateway-lanes", () => new LRUCache<string, Lane>({ max: maxLanes }));

/** The lane of a model on a host; a host at a new address is a new one. `modelName` is as the host lists it. */
export function laneOf(upstream: Upstream, modelName: string): Lane {
  const key = `${upstream.id} ${upstream.baseUrl} ${modelName}`;
  const known = lanes().get(key);
  if (known) return known;
  const lane = newLane(upstream, modelName);
  lanes().set(key, lane);
  return lane;
}

/** Every lane that was ever used, as long as it is remembered. */
export function allLanes(): Lane[] {
  return [...lanes().values()];
}

function newLane(upstream: Upstream, modelName: string): Lane {
  const { id: hostId, name: hostName, kind } = upstream;
  const modelId = `${prefixOf(upstream)}/${modelName}`;
  return {
    hostId,
    hostName,
    modelId,
    line: modelLineOf(modelId),
    breaker: startBreaker(),
    running: 0,
    pausedUntil: 0,
    ...(kind === "ollama" && { parallel: parallelEstimate() }),
    get limit() {
      return maxParallelOf(hostId) ?? (kind === "embedded" ? embeddedParallel : (this.parallel?.limit ?? Number.POSITIVE_INFINITY));
    },
    get isLimitKnown() {
      return this.parallel === undefined || this.parallel.isSettled || maxParallelOf(hostId) !== undefined;
    },
  };
}

/** Takes a place on a lane, whether or not there is room. */
export function enterLane(lane: Lane): Place {
  const startedAt = performance.now();
  const seen = lane.parallel?.start();
  let hasLeft = false;
  lane.running++;
  return {
    lane,
    onFirstToken() {
      learnFirstToken(lane, performance.now() - startedAt);
      if (seen) lane.parallel?.firstToken(seen);
      serveLine(lane);
    },
    leave() {
      if (hasLeft) return;
      hasLeft = true;
      lane.running--;
      lane.callMs = moved(lane.callMs, performance.now() - startedAt);
      if (seen) lane.parallel?.end(seen);
      serveLine(lane);
    },
  };
}

/** Takes down how long a first token took, or has taken so far. */
export function learnFirstToken(lane: Lane, ms: number): void {
  lane.firstTokenMs = moved(lane.firstTokenMs, ms);
}

const moved = (average: number | undefined, figure: number) =>
  average === undefined ? figure : average + newFigureWeight * (figure - average);
