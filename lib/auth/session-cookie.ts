import { decode } from "next-auth/jwt";
import { rememberClaim } from "./remember-claim";
import { authSecret } from "./secret";
import type { SessionClaim } from "./session-claim";

/**
 * The browser's session cookie, one name on every kind of connection.
 * A `__Secure-` prefix would lock out visitors on plain HTTP in a local network.
 */
export const sessionCookieName = "hearth-session";

/** Attributes of every cookie that sign-in sets; `secure` exactly when the visitor's connection is. */
export function cookieOptions(secure: boolean) {
  return { httpOnly: true, sameSite: "lax" as const, path: "/", secure };
}

/** What the session cookie says; null when there is none, or it is not ours, was changed or has expired. */
export async function readSessionCookie(headers: Headers): Promise<SessionClaim | null> {
  const token = cookieOf(headers, sessionCookieName);
  if (!token) return null;
  return rememberClaim(token, async () => decode({ token, secret: await authSecret() }).catch(() => null));
}

function cookieOf(headers: Headers, name: string): string | undefined {
  for (const pair of headers.get("cookie")?.split(";") ?? []) {
    const [key, ...value] = pair.trim().split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}
