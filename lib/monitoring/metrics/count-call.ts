import { log } from "@/lib/core/log";
import { boundedLabel } from "./bounded-label";
import { metrics } from "./registry";

/** A call to a model that has ended, as far as metrics tell of it: never who made it, or what was said. */
export type EndedCall = {
  model: string;
  upstream: string;
  purpose: string;
  outcome: string;
  reason?: string;
  cache: string;
  queuedMs: number;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  costUsd: number;
  startedAt: Date;
  firstTokenAt: Date | null;
  endedAt: Date;
};

/** Counts a call that has ended, for Prometheus. @throws never: what cannot be counted is logged */
export async function countCall(call: EndedCall): Promise<void> {
  try {
    count(await metrics(), call);
  } catch (error) {
    log().error({ err: error }, "a call could not be counted");
  }
}

function count({ calls, tokens, cost, cache, duration, firstToken, queueWait }: Awaited<ReturnType<typeof metrics>>, call: EndedCall) {
  const model = boundedLabel("model", call.model);
  const of = { model, purpose: call.purpose };
  const secondsUntil = (moment: Date) => Math.max(0, moment.getTime() - call.startedAt.getTime()) / 1_000;
  calls.inc({ ...of, host: boundedLabel("host", call.upstream), outcome: call.outcome, reason: call.reason ?? "" });
  cache.inc({ result: call.cache });
  cost.inc(of, call.costUsd);
  const counted = { input: call.inputTokens, output: call.outputTokens, cached: call.cachedTokens, reasoning: call.reasoningTokens };
  for (const [kind, count] of Object.entries(counted)) if (count > 0) tokens.inc({ ...of, kind }, count);
  queueWait.observe({ model }, call.queuedMs / 1_000);
  if (call.firstTokenAt) firstToken.observe(of, secondsUntil(call.firstTokenAt));
  if (call.outcome === "complete") duration.observe(of, secondsUntil(call.endedAt));
}
