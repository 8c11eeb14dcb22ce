import { setTimeout as sleep } from "node:timers/promises";
import { learnFirstToken } from "../queue/lane";
import type { Asked } from "./ask-host";

/** What the hosts that were asked failed with, in the order in which they did. */
export class NobodyAnsweredError extends Error {
  readonly failures: { hostId: string; error: unknown }[];
  constructor(failures: NobodyAnsweredError["failures"]) {
    super("No host that was asked answered.");
    this.failures = failures;
  }
}

/**
 * Waits for a host's first content, and asks a second one when it is late: whichever is first answers, and the other's
 * connection is closed. Without `lateAfterMs`, and when `askSecond` knows nobody, it waits for the first alone.
 * @returns the host that answers @throws NobodyAnsweredError
 */
export async function hedge<Answer>(
  first: Asked<Answer>,
  lateAfterMs: number | undefined,
  askSecond: () => Asked<Answer> | null,
): Promise<Asked<Answer>> {
  const failures: NobodyAnsweredError["failures"] = [];
  const outcomeOf = (asked: Asked<Answer>) =>
    asked.opened.then(
      () => asked,
      (error) => {
        failures.push({ hostId: asked.candidate.lane.hostId, error });
        throw new NobodyAnsweredError(failures);
      },
    );
  const outcome = outcomeOf(first);
  const second = lateAfterMs !== undefined && (await isLate(outcome, lateAfterMs)) ? askSecond() : null;
  if (!second) return outcome;
  const startedAt = performance.now();
  const winner = await Promise.any([outcome, outcomeOf(second)]).catch(() => {
    throw new NobodyAnsweredError(failures);
  });
  const loser = winner === first ? second : first;
  loser.abort(new Error("Another host was faster."));
  // That it would have taken longer still is worth knowing the next time.
  if (loser === first) learnFirstToken(first.candidate.lane, (lateAfterMs ?? 0) + performance.now() - startedAt);
  return winner;
}

async function isLate(outcome: Promise<unknown>, afterMs: number): Promise<boolean> {
  const settled = new AbortController();
  const inTime = outcome.then(
    () => false,
    () => false,
  );
  const late = sleep(afterMs, true, { signal: settled.signal }).catch(() => false);
  return Promise.race([inTime, late]).finally(() => settled.abort());
}
