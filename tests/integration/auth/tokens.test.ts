import { eq } from "drizzle-orm";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as logOut } from "@/app/api/v1/auth/logout/route";
import { POST as refresh } from "@/app/api/v1/auth/refresh-token/route";
import { GET as me } from "@/app/api/v1/me/route";
import { type Database, db } from "@/db/database";
import { forgetRows } from "@/db/remember";
import { refreshTokens, sessions, users } from "@/db/schema/accounts";
import type { Session } from "@/lib/auth/contract";
import { deriveKey } from "@/lib/auth/secret";
import {
  anEmail,
  bearer,
  clearAttempts,
  forgetAttempts,
  loggedIn,
  post,
  registered,
  statusOfMe,
  withEnvironment,
} from "@/tests/support/accounts";
import { databaseKinds, freshDatabase } from "@/tests/support/database";

const sessionOf = (session: Session) =>
  JSON.parse(Buffer.from(session.accessToken.split(".")[1] ?? "", "base64url").toString()).sid as string;

describe.each(databaseKinds)("tokens on %s", (kind) => {
  let database: Database;
  let email: string;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open" });
    forgetAttempts();
    database = await freshDatabase(kind);
    email = (await registered(anEmail())).user.email;
  });
  beforeEach(clearAttempts);
  afterAll(() => database.close());

  test("me is the account of the token", async () => {
    const session = await loggedIn(email);
    const response = await me(new Request("http://localhost/", { headers: bearer(session.accessToken) }), { params: Promise.resolve({}) });
    const body = await response.json();
    expect(body).toMatchObject({ id: session.user.id, email, role: "admin" });
    expect(Object.keys(body).sort()).toEqual(["createdAt", "email", "id", "name", "role"]);
  });

  test("after logout the access token and the refresh token stop at once, and other sign-ins go on", async () => {
    const [ended, other] = [await loggedIn(email), await loggedIn(email)];
    expect((await post(logOut, {}, bearer(ended.accessToken))).status).toBe(204);
    expect(await statusOfMe(bearer(ended.accessToken))).toBe(401);
    expect((await post(refresh, { refreshToken: ended.refreshToken })).status).toBe(401);
    expect(await statusOfMe(bearer(other.accessToken))).toBe(200);
  });

  test("a refresh token buys a new pair once", async () => {
    const first = await loggedIn(email);
    const second: Session = await (await post(refresh, { refreshToken: first.refreshToken })).json();
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await statusOfMe(bearer(second.accessToken))).toBe(200);
    const third = await post(refresh, { refreshToken: second.refreshToken });
    expect(third.status).toBe(200);
  });

  test("a spent refresh token ends the whole sign-in, the newest tokens included", async () => {
    const first = await loggedIn(email);
    const second: Session = await (await post(refresh, { refreshToken: first.refreshToken })).json();
    expect((await post(refresh, { refreshToken: first.refreshToken })).status).toBe(401);
    expect(await statusOfMe(bearer(second.accessToken))).toBe(401);
    expect((await post(refresh, { refreshToken: second.refreshToken })).status).toBe(401);
  });

  test("of two uses of a refresh token at once at most one gets tokens, and the sign-in ends", async () => {
    const session = await loggedIn(email);
    const answers = await Promise.all([1, 2].map(() => post(refresh, { refreshToken: session.refreshToken })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await statusOfMe(bearer(session.accessToken))).toBe(401);
  });

  test("a refresh token is stored as a hash only", async () => {
    const session = await loggedIn(email);
    const rows = await db()
      .select()
      .from(refreshTokens)
      .where(eq(refreshTokens.sessionId, sessionOf(session)));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(rows)).not.toContain(session.refreshToken);
  });

  test("a role taken away or given counts on the next call, with the same token", async () => {
    const session = await registered();
    expect(await statusOfMe(bearer(session.accessToken))).toBe(200);
    await db().update(users).set({ role: "pending" }).where(eq(users.id, session.user.id));
    forgetRows();
    expect(await statusOfMe(bearer(session.accessToken))).toBe(403);
    const refused = await post(refresh, { refreshToken: session.refreshToken });
    expect(refused.status).toBe(403);
    await db().update(users).set({ role: "user" }).where(eq(users.id, session.user.id));
    forgetRows();
    expect((await post(refresh, { refreshToken: session.refreshToken })).status).toBe(200);
  });

  test("a session past its end is nobody, for access and for refresh", async () => {
    const session = await loggedIn(email);
    await db()
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(sessions.id, sessionOf(session)));
    forgetRows();
    expect(await statusOfMe(bearer(session.accessToken))).toBe(401);
    expect((await post(refresh, { refreshToken: session.refreshToken })).status).toBe(401);
  });

  test("a refresh lets the session stand for another 30 days", async () => {
    const session = await loggedIn(email);
    await db()
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() + 60_000) })
      .where(eq(sessions.id, sessionOf(session)));
    forgetRows();
    await post(refresh, { refreshToken: session.refreshToken });
    const [row] = await db()
      .select()
      .from(sessions)
      .where(eq(sessions.id, sessionOf(session)));
    expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  });

  test("last seen moves at most once a minute", async () => {
    const session = await loggedIn(email);
    const seen = async () =>
      (
        await db()
          .select()
          .from(sessions)
          .where(eq(sessions.id, sessionOf(session)))
      )[0]?.lastSeenAt.getTime() ?? 0;
    const before = await seen();
    await statusOfMe(bearer(session.accessToken));
    expect(await seen()).toBe(before);
    await db()
      .update(sessions)
      .set({ lastSeenAt: new Date(Date.now() - 61_000) })
      .where(eq(sessions.id, sessionOf(session)));
    forgetRows();
    await statusOfMe(bearer(session.accessToken));
    expect(await seen()).toBeGreaterThan(Date.now() - 10_000);
  });

  test("tokens that are not ours, expired, unsigned, for another user or for another use are nobody's", async () => {
    const session = await loggedIn(email);
    const other = await registered();
    const sid = sessionOf(session);
    const jwt = (sub: string, key: Uint8Array, audience = "hearth-api", expires = "1h") =>
      new SignJWT({ sid })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(sub)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(key);
    const key = await deriveKey("access tokens");
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${session.accessToken.split(".")[1]}.`;
    expect(await statusOfMe(bearer(await jwt(session.user.id, key)))).toBe(200);
    const forged = [
      unsigned,
      await jwt(session.user.id, new Uint8Array(32)),
      await jwt(session.user.id, key, "hearth-api", "-1s"),
      await jwt(session.user.id, key, "elsewhere"),
      await jwt(other.user.id, key),
      session.refreshToken,
      `${session.accessToken}x`,
      "",
    ];
    for (const token of forged) expect(await statusOfMe(bearer(token))).toBe(401);
    expect(await statusOfMe({ authorization: `Basic ${session.accessToken}` })).toBe(401);
    expect(await statusOfMe({})).toBe(401);
  });
});
