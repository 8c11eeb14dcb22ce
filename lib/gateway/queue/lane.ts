import { processGlobal } from "@/lib/core/process-global";
import { canonicalModelId } from "../canonical-id";
import { type Breaker, startBreaker } from "../failover/breaker";
import { maxParallelOf } from "../host-settings";
import { prefixOf, type Upstream } from "../upstream";
import { HostLoad } from "./host-load";
import { allLines, type ModelLine, modelLineOf, serveAfresh, serveLine } from "./model-line";
import { type ParallelEstimate, parallelEstimate } from "./parallel-estimate";

/** One model on one host: how many calls it has, how many it may have, how fast it is, and whether it is well. */
export type Lane = {
  hostId: string;
  /** As `addressOf` gives it. */
  address: string;
  hostName: string;
  modelId: string;
  /** Where calls wait for a place: one line for the model, whatever host has it. */
  line: ModelLine;
  breaker: Breaker;
  running: number;
  /** What the host does, whatever the model. */
  ofHost: HostLoad;
  /** Whether a call may begin now. */
  readonly hasRoom: boolean;
  /** A call is on its way that will show whether the host is well again: no second one is sent meanwhile. */
  isProbed: boolean;
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
  /** The call's share of the host's time so far, in milliseconds. */
  workedMs(): number;
  onFirstToken(): void;
  /** Gives the place to the next call in line. Only the first time counts. */
  leave(): void;
};

/** The embedded model's worker does one thing at a time; its own line then stays empty. */
export const embeddedParallel = 1;

/** A new figure moves an average a fifth of the way. */
const newFigureWeight = 0.2;
/** A host that asks for more patience than this, in seconds, is not waited for. */
export const longestWaitedS = 10;
/** A host is asked once more after this, whatever it said: its clock may be wrong. */
const longestPauseS = 600;
/** By host and address, of which there are few. */
const hostLoads = () => processGlobal("gateway-host-loads", () => new Map<string, HostLoad>());

/** A host at the address it has: at a new one it is another host, of which nothing is known. */
export const addressOf = ({ id, baseUrl }: Upstream): string => `${id} ${baseUrl}`;

/** The lane of a model on a host; a host at a new address is a new one. `modelName` is as the host lists it, or as a caller writes it. */
export function laneOf(upstream: Upstream, modelName: string): Lane {
  const address = addressOf(upstream);
  const line = modelLineOf(canonicalModelId(`${prefixOf(upstream)}/${modelName}`));
  const known = line.lanes.get(address);
  if (known) return known;
  const ofHost = hostLoads().get(address) ?? new HostLoad();
  hostLoads().set(address, ofHost);
  const lane = newLane(upstream, line, ofHost);
  line.lanes.set(address, lane);
  return lane;
}

/** Every lane that was ever used, as long as its model is remembered. */
export function allLanes(): Lane[] {
  return allLines().flatMap(({ lanes }) => [...lanes.values()]);
}

/** Lets go of the lanes of hosts that are not at these addresses any more, with their breakers, once no call is on them. */
export function forgetLanesBeyond(addresses: Set<string>): void {
  for (const { address, line, running } of allLanes()) {
    if (running === 0 && !addresses.has(address)) line.lanes.delete(address);
  }
}

function newLane(upstream: Upstream, line: ModelLine, ofHost: HostLoad): Lane {
  const { id: hostId, name: hostName, kind } = upstream;
  return {
    hostId,
    address: addressOf(upstream),
    hostName,
    modelId: line.modelId,
    line,
    breaker: startBreaker(),
    running: 0,
    ofHost,
    isProbed: false,
    pausedUntil: 0,
    ...(kind === "ollama" && { parallel: parallelEstimate() }),
    get hasRoom() {
      const mayTry = this.breaker.state === "closed" || (this.breaker.admits && !this.isProbed);
      return mayTry && this.running < this.limit && pauseLeftMs(this) === 0;
    },
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
  const isProbe = lane.breaker.state !== "closed";
  let hasLeft = false;
  lane.running++;
  const share = lane.ofHost.enter();
  if (isProbe) lane.isProbed = true;
  return {
    lane,
    workedMs: share.workedMs,
    onFirstToken() {
      learnFirstToken(lane, performance.now() - startedAt);
      if (seen) lane.parallel?.firstToken(seen);
      serveLine(lane);
    },
    leave() {
      if (hasLeft) return;
      hasLeft = true;
      lane.running--;
      share.leave();
      if (isProbe) lane.isProbed = false;
      lane.callMs = moved(lane.callMs, performance.now() - startedAt);
      if (seen) lane.parallel?.end(seen);
      serveLine(lane);
    },
  };
}

/** Leaves a host alone with the model, as it asked. Those who wait for it wait on while that is short, and look elsewhere when it is not. */
export function pauseLane(lane: Lane, seconds: number): void {
  const pauseMs = Math.min(seconds, longestPauseS) * 1000;
  lane.pausedUntil = Date.now() + pauseMs;
  serveAfresh(lane.line);
  // Calls stand in line for the last seconds of a long pause, too. A timer may be a millisecond early.
  setTimeout(() => serveAfresh(lane.line), pauseMs + 10).unref();
}

/** How long a host still wants to be left alone with the model, in milliseconds; 0 when it does not. */
export function pauseLeftMs({ pausedUntil }: Pick<Lane, "pausedUntil">): number {
  return Math.max(0, pausedUntil - Date.now());
}

/** Takes down how long a first token took, or has taken so far. */
export function learnFirstToken(lane: Lane, ms: number): void {
  lane.firstTokenMs = moved(lane.firstTokenMs, ms);
}

const moved = (average: number | undefined, figure: number) =>
  average === undefined ? figure : average + newFigureWeight * (figure - average);
