import { type Db, db } from "@/db/database";
import { extendSession, findRefreshToken, revokeSessionFamily, spendRefreshToken } from "@/db/queries/sessions";
import { ForbiddenError, UnauthenticatedError } from "@/lib/core/errors";
import { hearthItself, recordEvent } from "@/lib/monitoring/audit/record-event";
import type { Session } from "./contract";
import { hashRefreshToken, issueTokens } from "./issue-tokens";
import { sessionEnd } from "./lifetimes";
import { countAttemptFrom } from "./sign-in-limits";

/**
 * Spends a refresh token on a new pair.
 *
 * A token that comes twice was copied, and nobody can tell which of the two holders is the owner, so the
 * whole sign-in ends (RFC 9700, section 4.14.2).
 * @throws UnauthenticatedError when the token is unknown or spent, or the session has ended
 * @throws ForbiddenError while the account waits for approval; the token is not spent then
 */
export async function refreshSession(given: { refreshToken: string; address: string }): Promise<Session> {
  await countAttemptFrom(given.address);
  const renewed = await db().transaction((tx) => renew(tx, given.refreshToken));
  if (!renewed) throw new UnauthenticatedError("The refresh token is unknown, spent or revoked. Sign in again.");
  return renewed;
}

/** Gives null rather than throwing, so that a revocation is committed. */
async function renew(tx: Db, refreshToken: string): Promise<Session | null> {
  const found = await findRefreshToken(tx, hashRefreshToken(refreshToken));
  if (!found?.isLive) return null;
  const { tokenId, sessionId, user } = found;
  if (found.spentAt === null && user.role === "pending") throw new ForbiddenError("Your account waits for an admin's approval.");
  if (!(await spendRefreshToken(tx, tokenId))) {
    await revokeSessionFamily(tx, { sessionId, userId: user.id });
    const target = { kind: "session", id: sessionId, name: user.email };
    await recordEvent(tx, { action: "session.revoked", actor: hearthItself, target, after: { reason: "a refresh token came twice" } });
    return null;
  }
  await extendSession(tx, { sessionId, userId: user.id, expiresAt: sessionEnd() });
  return issueTokens(tx, user, sessionId);
}
