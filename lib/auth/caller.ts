import { db } from "@/db/database";
import { findLiveKeyByHash, touchKey } from "@/db/queries/api-keys";
import { findLiveSession, touchSession } from "@/db/queries/sessions";
import type { Role } from "@/db/queries/users";
import { ForbiddenError } from "@/lib/core/errors";
import type { Caller, KeyCaller, SignedInCaller } from "@/lib/http/caller";
import { verifyAccessToken } from "./access-token";
import { hashKeyToken, isKeyToken } from "./keys/key-token";
import { toKeyGrant } from "./keys/to-key-grant";
import type { SessionClaim } from "./session-claim";
import { readSessionCookie } from "./session-cookie";

const touchEveryMs = 60_000;

/**
 * Who sends these headers: a bearer token (an access token or an API key) decides, else the browser's session cookie.
 * Null is nobody.
 *
 * The session or key and its user are read on each call, so a revoked one and a changed role count at once.
 * @throws ForbiddenError when the account still waits for an admin's approval
 */
export async function callerOf(headers: Headers): Promise<Caller | null> {
  const authorization = headers.get("authorization");
  if (authorization === null) return fromClaim(await readSessionCookie(headers), "cookie");
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token) return null;
  return isKeyToken(token) ? fromKey(token) : fromClaim(await verifyAccessToken(token), "token");
}

/** Who is signed in and sends these headers. An API key is nobody here: keys are for the API, whose operations name their scopes. */
export async function signedInCallerOf(headers: Headers): Promise<SignedInCaller | null> {
  const caller = await callerOf(headers);
  return caller?.via === "key" ? null : caller;
}

async function fromClaim(claim: SessionClaim | null, via: SignedInCaller["via"]): Promise<SignedInCaller | null> {
  if (!claim) return null;
  const found = await findLiveSession(db(), { ...claim, kind: via === "cookie" ? "browser" : "api" });
  if (!found) return null;
  const { email, name, lastSeenAt } = found;
  const role = approved(found.role);
  if (Date.now() - lastSeenAt.getTime() > touchEveryMs) await touchSession(db(), claim);
  return { userId: claim.userId, email, name, role, sessionId: claim.sessionId, via };
}

async function fromKey(token: string): Promise<KeyCaller | null> {
  const found = await findLiveKeyByHash(db(), hashKeyToken(token));
  if (!found) return null;
  const { key, owner } = found;
  const { id, ownerId, lastUsedAt } = key;
  const role = approved(owner.role);
  if (!lastUsedAt || Date.now() - lastUsedAt.getTime() > touchEveryMs) await touchKey(db(), { id, ownerId });
  return { userId: ownerId, email: owner.email, name: owner.name, role, sessionId: null, via: "key", key: toKeyGrant(key) };
}

function approved(role: Role): Exclude<Role, "pending"> {
  if (role === "pending") throw new ForbiddenError("Your account waits for an admin's approval. Nothing else is needed from you.");
  return role;
}
