import { BrokenCircuitError } from "cockatiel";
import { ModelError } from "@/lib/core/errors";
import type { Span } from "@/lib/monitoring/spans/start-span";
import type { Attempt } from "../attempt";
import { rememberFailure, rememberHost } from "../balance/conversation-hosts";
import { type Candidate, describeChoice } from "../balance/rank-hosts";
import { learnFirstToken, type Place, pauseLane } from "../queue/lane";
import { providerOf } from "../trace-call";
import type { Asking, ModelCall } from "./model-call";
import { openError } from "./open-error";

/** A host that is being asked. `opened` settles with its first content, or with its vectors. */
export type Asked<Answer = unknown> = {
  candidate: Candidate;
  choice: string;
  workedMs: Place["workedMs"];
  opened: Promise<Answer>;
  abort: (reason: unknown) => void;
};

/** Asks one host through its breaker, once. The place is left when the reply has ended, or failed. */
export function askHost<Answer>(call: ModelCall<Answer>, candidate: Candidate, place: Place): Asked<Answer> {
  const { context, meter, effort } = call;
  const { lane, target } = candidate;
  const choice = describeChoice(candidate);
  const startedAt = performance.now();
  let hasBegun = false;
  let early: Attempt | undefined;
  let attempt: Asking | undefined;
  let giveUp: { reason: unknown } | undefined;
  let span: Span | undefined;

  /** Of a call that is a trace of its own, the only try at once is all that the call's span says: a span like it is not stored. */
  const saysMore = ({ failure }: Attempt) => failure || context.runId !== undefined || effort.attempts > 1 || effort.queuedMs > 0;
  const end = async (attempt: Attempt) => {
    const { failure, signal } = attempt;
    if (saysMore(attempt)) span?.end({ status: !failure && signal.aborted ? "stopped" : undefined, error: failure });
    if (failure) rememberFailure(context.conversationId, lane.hostId);
    // The breaker knows before the next in line is let in.
    if (failure || !signal.aborted) await lane.breaker.onEnd(failure);
    place.leave();
  };
  const learn = (firstTokenMs: number) => {
    span?.note({ firstTokenMs: Math.round(firstTokenMs) });
    if (call.use === "chat") place.onFirstToken();
    // Vectors come all at once, which says nothing of how many calls a host has room for.
    else learnFirstToken(lane, firstTokenMs);
    lane.line.firstTokenMs.add(firstTokenMs);
  };
  const ask = async () => {
    if (giveUp) throw giveUp.reason;
    effort.attempts++;
    const facts = { host: target.upstream.name, provider: providerOf(lane.modelId), choice };
    span = context.span?.child({ kind: "attempt", name: target.upstream.name, model: lane.modelId, facts });
    meter.note({ upstream: target.upstream.name, choice, attempts: effort.attempts });
    const onSettle = (over: Attempt) => {
      if (hasBegun) void end(over);
      else early = over;
    };
    const asked = call.askOnce(candidate, onSettle);
    attempt = asked.attempt;
    const opened = await asked.opened;
    hasBegun = true;
    // A reply that came as a whole has no first token.
    if (!asked.attempt.isWhole) learn(performance.now() - startedAt);
    rememberHost(context.conversationId, lane.hostId);
    // A short reply may be at its end before its beginning was told here.
    if (early) void end(early);
    return opened;
  };
  const opened = lane.breaker.run(ask).catch((error) => {
    // Before the next in line would be let in.
    if (error instanceof ModelError && error.retryAfterS) pauseLane(lane, error.retryAfterS);
    place.leave();
    span?.end(giveUp || !(error instanceof ModelError) ? { status: "stopped" } : { error });
    throw error instanceof BrokenCircuitError ? openError([candidate]) : error;
  });
  return {
    candidate,
    choice,
    workedMs: place.workedMs,
    opened,
    abort(reason) {
      giveUp = { reason };
      attempt?.abort(reason);
    },
  };
}
