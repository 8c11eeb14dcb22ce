import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as listKeys } from "@/app/api/v1/keys/route";
import { type Database, db } from "@/db/database";
import { forgetRows } from "@/db/remember";
import { apiKeys, users } from "@/db/schema/accounts";
import { budgets, limits } from "@/db/schema/gateway";
import { callerOf, signedInCallerOf } from "@/lib/auth/caller";
import type { Session } from "@/lib/auth/contract";
import { listSessions } from "@/lib/auth/list-sessions";
import { newId } from "@/lib/core/ids";
import { bearer, forgetAttempts, registered, statusOfMe, withEnvironment } from "@/tests/support/accounts";
import { askForKey, getAs, listedKeys, type MadeKey, madeKey, revokeKey } from "@/tests/support/api-keys";
import { databaseKinds, freshDatabase } from "@/tests/support/database";

const setRow = async (id: string, values: Partial<typeof apiKeys.$inferInsert>) => {
  await db().update(apiKeys).set(values).where(eq(apiKeys.id, id));
  forgetRows();
};
const lastUse = async (id: string) => (await db().select().from(apiKeys).where(eq(apiKeys.id, id)))[0]?.lastUsedAt;
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

describe.each(databaseKinds)("API keys on %s", (kind) => {
  let database: Database;
  let ann: Session;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open", HEARTH_LOCAL_MODEL: "off" });
    forgetAttempts();
    database = await freshDatabase(kind);
    // The first account is an admin's, who has more rights than these tests are about.
    await registered();
    ann = await registered();
  });
  beforeEach(forgetAttempts);
  afterAll(() => database.close());

  test("a key is shown once, and only its hash is kept", async () => {
    const made = await madeKey(ann.accessToken);
    expect(made.key).toMatch(/^hk_[\w-]{43}$/);
    expect(made.key.endsWith(made.hint)).toBe(true);
    const [row] = await db().select().from(apiKeys).where(eq(apiKeys.id, made.id));
    expect(row?.tokenHash).toBe(createHash("sha256").update(made.key).digest("hex"));
    const shown = JSON.stringify(await listedKeys(ann.accessToken));
    expect(shown).toContain(made.id);
    expect(shown).not.toContain(made.key.slice(3, 20));
    expect(shown).not.toContain(row?.tokenHash);
    expect((await madeKey(ann.accessToken)).key).not.toBe(made.key);
  });

  test("a key is its owner, and its calls belong to no sign-in", async () => {
    const made = await madeKey(ann.accessToken, { scopes: ["chat", "chat"], models: ["ollama/*"], upstreams: ["gpu-box"] });
    const caller = await callerOf(new Headers(bearer(made.key)));
    expect(caller).toMatchObject({
      userId: ann.user.id,
      email: ann.user.email,
      role: "user",
      via: "key",
      sessionId: null,
      key: { id: made.id, scopes: ["chat"], models: ["ollama/*"], upstreams: ["gpu-box"], cache: "deterministic", sharesCache: false },
    });
    const signedIn = await signedInCallerOf(new Headers(bearer(ann.accessToken)));
    expect(signedIn && (await listSessions(signedIn))).toHaveLength(1);
  });

  test("a wrong, an expired and a revoked key are nobody's, at once", async () => {
    const [expiring, revoked] = [
      await madeKey(ann.accessToken, { scopes: ["admin"] }),
      await madeKey(ann.accessToken, { scopes: ["admin"] }),
    ];
    for (const { key } of [expiring, revoked]) expect(await statusOfMe(bearer(key))).toBe(200);
    await setRow(expiring.id, { expiresAt: ago(1) });
    expect((await revokeKey(ann.accessToken, revoked.id)).status).toBe(204);
    for (const key of [expiring.key, revoked.key, `${expiring.key}x`, "hk_", `hk_${"a".repeat(43)}`, revoked.key.toUpperCase()]) {
      expect(await statusOfMe(bearer(key))).toBe(401);
    }
    const states = new Map((await listedKeys(ann.accessToken)).map(({ id, state }) => [id, state]));
    expect([states.get(expiring.id), states.get(revoked.id)]).toEqual(["expired", "revoked"]);
    expect((await revokeKey(ann.accessToken, revoked.id)).status).toBe(204);
  });

  test("a key ends at the moment that it was made for", async () => {
    const made = await madeKey(ann.accessToken, { scopes: ["admin"], expiresAt: new Date(Date.now() + 600).toISOString() });
    expect(await statusOfMe(bearer(made.key))).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await statusOfMe(bearer(made.key))).toBe(401);
    expect((await askForKey(ann.accessToken, { expiresAt: ago(60).toISOString() })).status).toBe(400);
  });

  test("a key whose owner waits for approval is forbidden, and one whose owner is gone is nobody's", async () => {
    const carol = await registered();
    const made = await madeKey(carol.accessToken, { scopes: ["admin"] });
    const setRole = async (role: "user" | "pending") => {
      await db().update(users).set({ role }).where(eq(users.id, carol.user.id));
      forgetRows();
    };
    await setRole("pending");
    expect(await statusOfMe(bearer(made.key))).toBe(403);
    await setRole("user");
    expect(await statusOfMe(bearer(made.key))).toBe(200);
    await db().delete(users).where(eq(users.id, carol.user.id));
    forgetRows();
    expect(await statusOfMe(bearer(made.key))).toBe(401);
  });

  test("limits and a budget given with a key are stored as the key's, and listed with it", async () => {
    const given = { limits: { requestsPerMinute: 5, parallel: 2 }, budget: { period: "day" as const, limitUsd: 1.5 } };
    const made = await madeKey(ann.accessToken, given);
    const expected = {
      limits: { requestsPerMinute: 5, tokensPerMinute: null, parallel: 2 },
      budgets: [{ period: "day", limitUsd: 1.5, limitTokens: null, hard: true }],
    };
    expect(made).toMatchObject(expected);
    expect((await listedKeys(ann.accessToken)).find(({ id }) => id === made.id)).toMatchObject(expected);
    const ofKey = <T extends typeof limits | typeof budgets>(table: T) => and(eq(table.subjectKind, "key"), eq(table.subjectId, made.id));
    expect(await db().select().from(limits).where(ofKey(limits))).toMatchObject([given.limits]);
    expect(await db().select().from(budgets).where(ofKey(budgets))).toMatchObject([{ ...given.budget, hard: true }]);
    expect((await askForKey(ann.accessToken, { budget: { period: "day" } })).status).toBe(400);
    expect((await askForKey(ann.accessToken, { models: ["*/gpt"] })).status).toBe(400);
  });

  test("when a key was last used is noted, at most once a minute", async () => {
    const made = await madeKey(ann.accessToken, { scopes: ["admin"] });
    expect(await lastUse(made.id)).toBeNull();
    await statusOfMe(bearer(made.key));
    expect((await lastUse(made.id))?.getTime()).toBeGreaterThan(ago(20).getTime());
    const lately = ago(40);
    await setRow(made.id, { lastUsedAt: lately });
    await statusOfMe(bearer(made.key));
    expect(await lastUse(made.id)).toEqual(lately);
    await setRow(made.id, { lastUsedAt: ago(70) });
    await statusOfMe(bearer(made.key));
    expect((await lastUse(made.id))?.getTime()).toBeGreaterThan(lately.getTime());
  });

  test("the list goes page by page, newest first", async () => {
    const dora = await registered();
    const ids: string[] = [];
    for (const name of ["one", "two", "three"]) ids.unshift((await madeKey(dora.accessToken, { name })).id);
    const first = await (await getAs(dora.accessToken, listKeys, "?limit=2")).json();
    const second = await (await getAs(dora.accessToken, listKeys, `?limit=2&cursor=${first.nextCursor}`)).json();
    expect([...first.items, ...second.items].map(({ id }: MadeKey) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });

  test("nobody has more than a hundred keys that work", async () => {
    const erin = await registered();
    const row = { ownerId: erin.user.id, name: "One of many", hint: "hint", scopes: ["chat" as const] };
    const many = Array.from({ length: 100 }, () => ({ ...row, id: newId(), tokenHash: newId() }));
    await db().insert(apiKeys).values(many);
    expect((await askForKey(erin.accessToken)).status).toBe(409);
    await revokeKey(erin.accessToken, many[0]?.id ?? "");
    expect((await askForKey(erin.accessToken)).status).toBe(201);
  });
});
