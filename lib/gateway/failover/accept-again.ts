import type { Candidate } from "../balance/rank-hosts";
import { checkHost } from "../check-host";
import { currentHosts } from "../current-hosts";
import { closeRefusedBreakers } from "./close-breaker";

/**
 * Looks whether hosts that were left alone for refusing connections accept them again, and closes their breakers: that costs
 * an instant, and whoever has started the host again and asks once more is not sent away. A host that failed in another way
 * stays left alone. @returns whether one is back
 */
export async function acceptAgain(candidates: Candidate[]): Promise<boolean> {
  const refused = candidates.filter(({ lane }) => lane.breaker.lastFailure?.reason === "host_refused");
  const ids = new Set(refused.map(({ target }) => target.upstream.id));
  const hosts = (await currentHosts()).filter(({ upstream }) => ids.has(upstream.id));
  await Promise.all(hosts.map(checkHost));
  const back = hosts.filter(({ state }) => state === "up");
  for (const { upstream } of back) closeRefusedBreakers(upstream.id);
  return back.length > 0;
}
