import { ModelError, type ModelFailure } from "@/lib/core/errors";
import { asksWhole } from "../asks-whole";
import { type Candidate, rankHosts, rankKnownHosts } from "../balance/rank-hosts";
import { gatewaySettings } from "../gateway-settings";
import { modelSettingsOf } from "../model-settings";
import { enterLane, longestWaitedS, type Place, pauseLeftMs } from "../queue/lane";
import { takePlace } from "../queue/take-place";
import { acceptAgain } from "./accept-again";
import { askHost } from "./ask-host";
import { hedge, NobodyAnsweredError } from "./hedge";
import type { ModelCall } from "./model-call";
import { openError } from "./open-error";
import { pauseBeforeRetry } from "./pause-before-retry";
import { pausedError } from "./paused-error";
import { spendRetry } from "./retry-budget";

/** No other host of the same model would do better. */
const ofTheModel = new Set<ModelFailure>(["context_too_long", "refused_by_policy"]);
/** A host that is only being tried, since it failed before, counts as late after this. */
const probeLateAfterMs = 2_000;

/**
 * Puts a call to one model: to its best host, then without a wait to the next, and to one of them again only when none is
 * left and its failure is one that passes. All of it before the first content, so that the caller sees none of it.
 * @throws ModelError of the best host · RateLimitedError when the line is full · the abort's reason
 */
export async function askModel<Answer>(call: ModelCall<Answer>): Promise<Answer> {
  const { modelId, use, context, options, effort } = call;
  const failures = new Map<string, ModelError>();
  /** What the host that ranked best failed with tells most. */
  let told: { hostId: string; failure: ModelError } | undefined;
  let hasLooked = false;
  const isUntried = ({ lane }: Candidate) => !failures.has(lane.hostId);
  const lookAgain = () => rankKnownHosts(modelId, context).filter(isUntried);

  for (;;) {
    const untried = (await rankHosts(modelId, context, use)).filter(isUntried);
    if (!untried.some(mayBeAsked)) {
      const again = await timed(call, pauseBeforeRetry(failures, effort.retries, options.abortSignal));
      if (again === undefined && !told && !hasLooked) {
        hasLooked = true;
        if (await timed(call, acceptAgain(untried.filter(({ lane }) => !lane.breaker.admits)))) continue;
      }
      if (again === undefined) throw told?.failure ?? refusal(untried);
      effort.retries++;
      failures.delete(again);
      continue;
    }
    const turn = await takeTurn(untried, lookAgain, call);
    if (!turn) continue;
    try {
      return await timed(call, askOneOrTwo(turn, call));
    } catch (error) {
      options.abortSignal?.throwIfAborted();
      if (!(error instanceof NobodyAnsweredError)) throw error;
      for (const { hostId, error: failure } of error.failures) {
        if (!(failure instanceof ModelError)) throw failure;
        failures.set(hostId, failure);
        if (!told || told.hostId === hostId) told = { hostId, failure };
        if (ofTheModel.has(failure.reason)) throw failure;
      }
    }
  }
}

/** A breaker keeps calls away, and so does a host that asked for more patience than a call has in line. */
function mayBeAsked({ lane }: Candidate): boolean {
  return lane.breaker.admits && pauseLeftMs(lane) <= Math.min(longestWaitedS * 1000, gatewaySettings().queueTimeoutMs);
}

/** Why nobody is asked. */
function refusal(candidates: Candidate[]): ModelError {
  const paused = candidates.filter(({ lane }) => lane.breaker.admits);
  return paused.length > 0 ? pausedError(paused) : openError(candidates);
}

/** A place at a host, and the hosts as they were ranked when it was given. */
type Turn = { place: Place; ranked: Candidate[] };

/** A place at one of the best hosts, waited for in line when they are all taken. The hosts may change meanwhile. */
async function takeTurn(untried: Candidate[], lookAgain: () => Candidate[], call: ModelCall<unknown>): Promise<Turn | null> {
  const { context, options, meter, effort } = call;
  let ranked = untried;
  const bestLanes = () => {
    const best = ranked.find(mayBeAsked);
    return ranked.filter(({ tier }) => tier === best?.tier).map(({ lane }) => lane);
  };
  const onWaited = (ms: number) => {
    effort.queuedMs += ms;
    meter.note({ queuedMs: Math.round(effort.queuedMs) });
    context.span?.child({ kind: "queue", name: "wait in line", startedAt: new Date(Date.now() - ms) }).end();
  };
  const again = () => {
    ranked = lookAgain();
    return bestLanes();
  };
  const place = await takePlace({ lanes: bestLanes(), lookAgain: again, context, signal: options.abortSignal, onWaited });
  return place && { place, ranked };
}

/** Asks the host of the place, and a second one when the model is hedged and the first is late. */
async function askOneOrTwo<Answer>({ place, ranked }: Turn, call: ModelCall<Answer>): Promise<Answer> {
  const candidate = ranked.find(({ lane }) => lane === place.lane);
  if (!candidate) throw new Error("A place was given at a host that was not asked for.");
  const lateAfterMs = lateAfter(candidate, call);
  const askSecond = () => {
    const other = ranked.find(({ lane, tier }) => lane !== place.lane && tier === candidate.tier && lane.hasRoom);
    return other && spendRetry() ? askHost(call, other, enterLane(other.lane)) : null;
  };
  const first = askHost(call, candidate, place);
  const winner = await hedge(first, lateAfterMs, askSecond);
  if (winner !== first) call.meter.note({ upstream: winner.candidate.target.upstream.name, choice: `asked second: ${winner.choice}` });
  else if (lateAfterMs !== undefined) call.meter.note({ upstream: candidate.target.upstream.name, choice: first.choice });
  call.meter.onHost(winner.workedMs);
  return winner.opened;
}

/** When a second host is asked: for hedged models after the time in which 95 % of the last calls had their first token. A whole has none. */
function lateAfter({ lane, target }: Candidate, { modelId, context: { isCollected = false } }: ModelCall<unknown>): number | undefined {
  const isProbe = lane.breaker.state !== "closed";
  // Nothing tells a whole that takes long from a host that still hangs, but only a host that failed before is doubted.
  if (asksWhole({ target, isCollected })) return isProbe ? gatewaySettings().firstTokenTimeoutMs : undefined;
  if (isProbe) return probeLateAfterMs;
  return modelSettingsOf(modelId)?.hedge ? lane.line.firstTokenMs.percentile(0.95) : undefined;
}

/** Counts the time as the hosts', not as Hearth's own. */
async function timed<T>({ effort }: ModelCall<unknown>, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  return work.finally(() => {
    effort.hostMs += performance.now() - startedAt;
  });
}
