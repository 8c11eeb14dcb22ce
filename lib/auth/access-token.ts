import { jwtVerify, SignJWT } from "jose";
import { accessTokenS } from "./lifetimes";
import { deriveKey } from "./secret";

const audience = "hearth-api";
const algorithm = "HS256";

/** What a verified token or cookie says. Whether the session still stands is for the database to say. */
export type SessionClaim = { userId: string; sessionId: string };

/** A JWT (RFC 7519) that names the user and the session, good for 15 minutes. */
export async function signAccessToken(claim: SessionClaim): Promise<string> {
  return new SignJWT({ sid: claim.sessionId })
    .setProtectedHeader({ alg: algorithm })
    .setSubject(claim.userId)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${accessTokenS}s`)
    .sign(await deriveKey("access tokens"));
}

/** Reads an access token; null when it is not ours, was changed or has expired. */
export async function verifyAccessToken(token: string): Promise<SessionClaim | null> {
  const key = await deriveKey("access tokens");
  const verified = await jwtVerify(token, key, { algorithms: [algorithm], audience }).catch(() => null);
  return toClaim(verified?.payload);
}

/** The claim of a payload whose signature was checked; null when it names no user or session. */
export function toClaim(payload: { sub?: unknown; sid?: unknown } | null | undefined): SessionClaim | null {
  const { sub, sid } = payload ?? {};
  return typeof sub === "string" && typeof sid === "string" ? { userId: sub, sessionId: sid } : null;
}
