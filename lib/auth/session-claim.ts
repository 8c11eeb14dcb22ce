/** What a verified token or cookie says. Whether the session still stands is for the database to say. */
export type SessionClaim = { userId: string; sessionId: string };

/** The claim of a payload whose signature was checked; null when it names no user or session. */
export function toClaim(payload: { sub?: unknown; sid?: unknown } | null | undefined): SessionClaim | null {
  const { sub, sid } = payload ?? {};
  return typeof sub === "string" && typeof sid === "string" ? { userId: sub, sessionId: sid } : null;
}
