import { database } from "@/db/database";
import { RateLimitedError } from "@/lib/core/errors";
import { oneAtATime } from "./one-at-a-time";
import { rateCounter } from "./rate-counter";
import { rateHeaders } from "./rate-headers";

/** So many in a minute for one key. `what` is counted, as in "messages". */
export type MinuteLimit = { key: string; limit: number; what: string };

/** What was taken of a limit, and how it stands then. The minute ends at `resetsAt`, in Unix milliseconds. */
export type Taken = MinuteLimit & { points: number; remaining: number; resetsAt: number };

/**
 * Takes of what a key has in a minute, which begins with the first that is taken. What is refused takes nothing.
 * Holds for all processes on one database. There, one that is too large may have a smaller one refused that arrives in the
 * instant before it gives back what it took; a process by itself has them take turns, which costs it nothing.
 * @throws RateLimitedError when less than `points` is left
 */
export function takeFromMinute(limit: MinuteLimit, points = 1): Promise<Taken> {
  return database().kind === "server" ? take(limit, points) : oneAtATime(limit.key, () => take(limit, points));
}

async function take(limit: MinuteLimit, points: number): Promise<Taken> {
  const { consumedPoints, msBeforeNext } = await rateCounter().penalty(limit.key, points);
  const resetsAt = Date.now() + Math.max(0, msBeforeNext);
  const taken = { ...limit, points, remaining: Math.max(0, limit.limit - consumedPoints), resetsAt };
  if (consumedPoints <= limit.limit) return taken;
  await correctTaken(taken, 0);
  const left = { ...taken, remaining: Math.max(0, limit.limit - consumedPoints + points) };
  throw new RateLimitedError(limit.what, secondsUntil(resetsAt), rateHeaders(left));
}

/** Sets what was taken to the true count. Once its minute is over there is nothing to give back; what is owed counts in the next. */
export async function correctTaken({ key, points, resetsAt }: Taken, truePoints: number): Promise<void> {
  if (truePoints > points) await rateCounter().penalty(key, truePoints - points);
  else if (truePoints < points && Date.now() < resetsAt) await rateCounter().reward(key, points - truePoints);
}

/** Whole seconds until then, at least one. */
export function secondsUntil(resetsAt: number): number {
  return Math.max(1, Math.ceil((resetsAt - Date.now()) / 1_000));
}
