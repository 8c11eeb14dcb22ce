import { processGlobal } from "@/lib/core/process-global";
import { authSecret } from "./secret";
import { type SessionClaim, toClaim } from "./session-claim";

/** The payload of a token whose signature was checked. `exp` is in seconds, as JWTs have it. */
export type VerifiedPayload = { sub?: unknown; sid?: unknown; exp?: unknown };

type Remembered = { claim: SessionClaim; expiresAtMs: number };
const maxRemembered = 2_000;

/**
 * Checks a token's signature once and remembers what it says until it expires: checking takes longer than anything else
 * in finding a caller. Whether the session still stands is not remembered; the database is asked each time.
 * @param verify checks the signature; gives null for a token that is not ours
 */
export async function rememberClaim(token: string, verify: () => Promise<VerifiedPayload | null>): Promise<SessionClaim | null> {
  const remembered = processGlobal("verified-tokens", () => new Map<string, Remembered>());
  const name = `${token}\n${await authSecret()}`;
  const found = remembered.get(name);
  if (found) return found.expiresAtMs > Date.now() ? found.claim : null;
  const payload = await verify();
  const claim = toClaim(payload);
  if (!claim || typeof payload?.exp !== "number") return claim;
  const [oldest] = remembered.keys();
  if (oldest !== undefined && remembered.size >= maxRemembered) remembered.delete(oldest);
  remembered.set(name, { claim, expiresAtMs: payload.exp * 1_000 });
  return claim;
}
