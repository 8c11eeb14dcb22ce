import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { NotFoundError } from "@/lib/core/errors";
import type { Db } from "../database";
import { forgetRows, rememberRow } from "../remember";
import { refreshTokens, sessions, users } from "../schema/accounts";

export type SessionRow = typeof sessions.$inferSelect;
export type SessionKind = SessionRow["kind"];

const isLive = () => and(isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`));

/** The user behind a session that stands, in one look-up by the session's key; null when it is revoked, expired or another's. */
export async function findLiveSession(db: Db, by: { sessionId: string; userId: string; kind: SessionKind }) {
  const row = await rememberRow(db, `session ${by.kind} ${by.sessionId} ${by.userId}`, async () => {
    const [found] = await db
      .select({
        role: users.role,
        email: users.email,
        name: users.name,
        lastSeenAt: sessions.lastSeenAt,
        expiresAt: sessions.expiresAt,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(eq(sessions.id, by.sessionId), eq(sessions.userId, by.userId), eq(sessions.kind, by.kind), isLive()));
    return found ?? null;
  });
  return row && row.expiresAt.getTime() > Date.now() ? row : null;
}

/** Notes that the session was used now. */
export async function touchSession(db: Db, by: { sessionId: string; userId: string }): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, by.sessionId), eq(sessions.userId, by.userId)));
  forgetRows();
}

/** Stores a new sign-in. */
export async function saveSession(db: Db, session: Omit<SessionRow, "createdAt" | "lastSeenAt" | "revokedAt">): Promise<void> {
  await db.insert(sessions).values({ ...session, lastSeenAt: new Date() });
  forgetRows();
}

/** The user's sign-ins that stand, last used first. */
export async function listLiveSessions(db: Db, userId: string): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive()))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
}

/** Ends one of the user's sign-ins. @throws NotFoundError when it is not theirs or has ended */
export async function revokeSession(db: Db, by: { sessionId: string; userId: string }): Promise<Pick<SessionRow, "userAgent" | "address">> {
  const [row] = await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, by.sessionId), eq(sessions.userId, by.userId), isNull(sessions.revokedAt)))
    .returning({ userAgent: sessions.userAgent, address: sessions.address });
  forgetRows();
  if (!row) throw new NotFoundError("session", by.sessionId);
  return row;
}

/** Ends a sign-in with all of its tokens, whether or not it had ended before. */
export async function revokeSessionFamily(db: Db, by: { sessionId: string; userId: string }): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: sql`coalesce(${sessions.revokedAt}, now())` })
    .where(and(eq(sessions.id, by.sessionId), eq(sessions.userId, by.userId)));
  forgetRows();
}

/** Ends all of the user's sign-ins but one. */
export async function revokeOtherSessions(db: Db, by: { keptSessionId: string; userId: string }): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.userId, by.userId), ne(sessions.id, by.keptSessionId), isNull(sessions.revokedAt)));
  forgetRows();
}

/** Stores a refresh token of a session, as its hash. */
export async function saveRefreshToken(db: Db, token: { id: string; sessionId: string; tokenHash: string }): Promise<void> {
  await db.insert(refreshTokens).values(token);
}

/** The session that a refresh token belongs to, with its user; null when the token is unknown. */
export async function findRefreshToken(db: Db, tokenHash: string) {
  const [row] = await db
    .select({
      tokenId: refreshTokens.id,
      sessionId: sessions.id,
      spentAt: refreshTokens.spentAt,
      isLive: sql<boolean>`${sessions.revokedAt} is null and ${sessions.expiresAt} > now()`,
      user: { id: users.id, email: users.email, name: users.name, role: users.role },
    })
    .from(refreshTokens)
    .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(refreshTokens.tokenHash, tokenHash));
  return row ?? null;
}

/** Spends a refresh token; false when another call was first. */
export async function spendRefreshToken(db: Db, tokenId: string): Promise<boolean> {
  const spent = await db
    .update(refreshTokens)
    .set({ spentAt: sql`now()` })
    .where(and(eq(refreshTokens.id, tokenId), isNull(refreshTokens.spentAt)))
    .returning({ id: refreshTokens.id });
  return spent.length > 0;
}

/** Lets a session stand until `expiresAt`. */
export async function extendSession(db: Db, by: { sessionId: string; userId: string; expiresAt: Date }): Promise<void> {
  const { sessionId, userId, expiresAt } = by;
  await db
    .update(sessions)
    .set({ expiresAt, lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)));
  forgetRows();
}
