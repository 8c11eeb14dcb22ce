import type { LimitRow } from "@/db/queries/limits";
import { log } from "@/lib/core/log";
import { correctTaken, type Taken, takeFromMinute } from "@/lib/http/take-from-minute";
import { countedBy, type Hold } from "./hold";
import { limitKey } from "./limit-key";

/**
 * Takes a call from every limit of requests a minute, and its worst case from every limit of tokens a minute; the true
 * count takes the worst case's place when it has ended. A call larger than a whole limit passes when the minute is fresh:
 * no wait would make it smaller.
 * @param holds gets what is taken, also when a later limit refuses
 * @returns the request limits, or else the token limits, as they stand
 * @throws RateLimitedError
 */
export async function takeRates(limits: LimitRow[], call: { userId: string | null; mostTokens: number }, holds: Hold[]): Promise<Taken[]> {
  const requests: Taken[] = [];
  for (const row of limits) {
    if (row.requestsPerMinute === null) continue;
    const taken = await takeFromMinute({ key: `requests:${limitKey(row, call.userId)}`, limit: row.requestsPerMinute, what: "requests" });
    requests.push(taken);
    holds.push({ settle: async (record) => (record ? undefined : correct(taken, 0)) });
  }
  const tokens: Taken[] = [];
  for (const row of limits) {
    if (row.tokensPerMinute === null) continue;
    const limit = { key: `tokens:${limitKey(row, call.userId)}`, limit: row.tokensPerMinute, what: "tokens" };
    const taken = await takeFromMinute(limit, Math.max(1, Math.min(call.mostTokens, row.tokensPerMinute)));
    tokens.push(taken);
    holds.push({ settle: (record) => correct(taken, countedBy(row, record).tokens) });
  }
  return requests.length > 0 ? requests : tokens;
}

/** Tried once only: a second time could count twice, and what is wrong is over with its minute. */
async function correct(taken: Taken, truePoints: number): Promise<void> {
  await correctTaken(taken, truePoints).catch((error) => log().warn({ err: error }, "what a call took of a minute could not be put right"));
}
