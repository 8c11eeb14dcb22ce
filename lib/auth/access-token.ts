import { jwtVerify, SignJWT } from "jose";
import { accessTokenS } from "./lifetimes";
import { rememberClaim } from "./remember-claim";
import { deriveKey } from "./secret";
import type { SessionClaim } from "./session-claim";

const audience = "hearth-api";
const algorithm = "HS256";

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
export function verifyAccessToken(token: string): Promise<SessionClaim | null> {
  return rememberClaim(token, async () => {
    const key = await deriveKey("access tokens");
    const verified = await jwtVerify(token, key, { algorithms: [algorithm], audience }).catch(() => null);
    return verified?.payload ?? null;
  });
}
