import { db } from "@/db/database";
import { findLiveSession, touchSession } from "@/db/queries/sessions";
import { ForbiddenError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";
import { verifyAccessToken } from "./access-token";
import type { SessionClaim } from "./session-claim";
import { readSessionCookie } from "./session-cookie";

const touchEveryMs = 60_000;

/**
 * Who sends these headers: a bearer access token decides, else the browser's session cookie. Null is nobody.
 *
 * The session and its user are read on each call, so a revoked sign-in and a changed role count at once.
 * @throws ForbiddenError when the account still waits for an admin's approval
 */
export async function callerOf(headers: Headers): Promise<Caller | null> {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return toCaller(token ? await verifyAccessToken(token) : null, "token");
  }
  return toCaller(await readSessionCookie(headers), "cookie");
}

async function toCaller(claim: SessionClaim | null, via: Caller["via"]): Promise<Caller | null> {
  if (!claim) return null;
  const found = await findLiveSession(db(), { ...claim, kind: via === "cookie" ? "browser" : "api" });
  if (!found) return null;
  const { role, email, name, lastSeenAt } = found;
  if (role === "pending") throw new ForbiddenError("Your account waits for an admin's approval. Nothing else is needed from you.");
  if (Date.now() - lastSeenAt.getTime() > touchEveryMs) await touchSession(db(), claim);
  return { userId: claim.userId, email, name, role, sessionId: claim.sessionId, via };
}
