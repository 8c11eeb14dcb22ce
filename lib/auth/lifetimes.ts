const dayS = 86_400;

/** An access token, in seconds: short, because the refresh token renews it. */
export const accessTokenS = 15 * 60;

/** A sign-in, in seconds: from the sign-in for a browser, from the last refresh for the REST API. */
export const sessionS = 30 * dayS;

/** When a session that starts or is renewed now ends. */
export function sessionEnd(now = new Date()): Date {
  return new Date(now.getTime() + sessionS * 1000);
}
