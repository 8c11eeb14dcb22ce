import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DELETE as clear, GET as show } from "@/app/api/v1/cache/route";
import { cacheEntries, calls } from "@/db/schema/gateway";
import type { Session } from "@/lib/auth/contract";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { saveCacheSettings } from "@/lib/gateway/cache/save-cache-settings";
import { flushCache } from "@/lib/gateway/cache/stored-answers";
import { gatewaySettings } from "@/lib/gateway/gateway-settings";
import type { KeyGrant } from "@/lib/http/caller";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { bearer, forgetAttempts, registered, withEnvironment } from "@/tests/support/accounts";
import { madeKey } from "@/tests/support/api-keys";
import { aKey, askAs, cacheOf, model } from "@/tests/support/cache";
import { databaseKinds } from "@/tests/support/database";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { bootGateway } from "@/tests/support/gateway";

describe.each(databaseKinds)("the cache as admins and users see it on %s", (kind) => {
  let host: FakeHost;
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  let admin: Session;
  let user: Session;

  beforeAll(async () => {
    host = await fakeOllama();
    gateway = await bootGateway({ OLLAMA_BASE_URL: host.url }, { kind });
    withEnvironment({ HEARTH_SIGNUP: "open" });
    forgetAttempts();
    [admin, user] = [await registered(), await registered()];
  });
  afterAll(async () => {
    await gateway.close();
    await host.close();
  });
  beforeEach(async () => {
    await Promise.all([flushCache(), flushCalls()]);
    for (const name of ["cache-memory", "cache-counts"]) clearProcessGlobal(name);
    await gateway.database.db.delete(cacheEntries);
    await gateway.database.db.delete(calls);
  });

  async function call(handler: typeof show | typeof clear, query: string, token: string) {
    const method = handler === clear ? "DELETE" : "GET";
    const request = new Request(`http://localhost:3000/api/v1/cache?${query}`, { method, headers: bearer(token) });
    const response = await handler(request, { params: Promise.resolve({}) });
    return { status: response.status, body: await response.json() };
  }
  const bothAsk = async () => {
    for (const { user: account } of [admin, user]) await askAs({ userId: account.id });
    await askAs({ userId: user.user.id });
    await Promise.all([flushCache(), flushCalls()]);
  };
  const isKeptFor = async ({ user: account }: Session) => cacheOf(await askAs({ userId: account.id })) === "hit";

  test("an admin sees what is kept, what it takes and how often it was of use, as a whole and by model", async () => {
    await bothAsk();
    const { status, body } = await call(show, "", admin.accessToken);
    expect(status).toBe(200);
    const use = { hits: 1, misses: 2, hitRate: expect.closeTo(1 / 3) };
    expect(body).toMatchObject({ entries: 2, maxBytes: 64 * 1024 * 1024, lifetimeS: 3_600, sinceStart: use, today: use });
    expect(body.models).toEqual([{ model, entries: 2, bytes: body.bytes, sinceStart: use, today: use }]);
    expect(body.bytes).toBeGreaterThan(100);
  });

  test("before the first call there is no rate", async () => {
    const { body } = await call(show, "", admin.accessToken);
    expect(body).toMatchObject({ entries: 0, bytes: 0, sinceStart: { hitRate: null }, today: { hitRate: null }, models: [] });
  });

  test("an admin clears everything, or one model's", async () => {
    await bothAsk();
    expect(await call(clear, "model=ollama/other", admin.accessToken)).toEqual({ status: 200, body: { removed: 0 } });
    expect(await call(clear, `model=${model}`, admin.accessToken)).toEqual({ status: 200, body: { removed: 2 } });
    expect([await isKeptFor(admin), await isKeptFor(user)]).toEqual([false, false]);
    // What waits to be stored is cleared with the rest.
    expect((await call(clear, "", admin.accessToken)).body).toEqual({ removed: 2 });
    expect(await isKeptFor(user)).toBe(false);
  });

  test("a user clears their own and nobody else's", async () => {
    await bothAsk();
    expect(await call(clear, "", user.accessToken)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(await call(clear, "mine=true", user.accessToken)).toEqual({ status: 200, body: { removed: 1 } });
    expect([await isKeptFor(admin), await isKeptFor(user)]).toEqual([true, false]);
  });

  test("a user's own are those that their calls put into what keys share, also for those whom they were given to", async () => {
    const sharing = { sharesCache: true };
    const [adminsKey, usersKey] = [await aKey(admin.user.id, sharing), await aKey(user.user.id, sharing)];
    const asked = (session: Session, key: KeyGrant, prompt: string) => askAs({ userId: session.user.id, prompt, context: { key } });
    await asked(user, usersKey, "the user's");
    await asked(admin, adminsKey, "the admin's");
    expect(cacheOf(await asked(admin, adminsKey, "the user's"))).toBe("hit");
    expect((await call(clear, "mine=true", user.accessToken)).body).toEqual({ removed: 1 });
    expect(cacheOf(await asked(user, usersKey, "the admin's"))).toBe("hit");
    expect(cacheOf(await asked(admin, adminsKey, "the user's"))).toBe("miss");
    // Now it is the admin's. What is found in the database belongs to its owner as well.
    await flushCache();
    clearProcessGlobal("cache-memory");
    expect(cacheOf(await asked(user, usersKey, "the user's"))).toBe("hit");
    expect((await call(clear, "mine=true", user.accessToken)).body).toEqual({ removed: 0 });
    expect((await call(clear, "mine=true", admin.accessToken)).body).toEqual({ removed: 2 });
    expect(cacheOf(await asked(user, usersKey, "the user's"))).toBe("miss");
  });

  test("a key without the scope for it clears nothing", async () => {
    const { key } = await madeKey(admin.accessToken, { scopes: ["chat"] });
    expect((await call(clear, "mine=true", key)).status).toBe(403);
  });

  test("a size and a lifetime that an admin sets hold at once, each by itself, and null takes one back", async () => {
    await saveCacheSettings({ cacheTtlS: 60 });
    await saveCacheSettings({ cacheMaxMb: 1 });
    expect(gatewaySettings()).toMatchObject({ cacheTtlS: 60, cacheMaxMb: 1 });
    await gateway.database.db.insert(cacheEntries).values({
      key: "large",
      scope: "x",
      model,
      upstream: "o",
      parts: [],
      sizeBytes: 2_000_000,
      expiresAt: new Date(Date.now() + 60_000),
    });
    await saveCacheSettings({ cacheTtlS: null });
    expect(gatewaySettings()).toMatchObject({ cacheTtlS: 3_600, cacheMaxMb: 1 });
    expect(await gateway.database.db.select().from(cacheEntries)).toEqual([]);
    await saveCacheSettings({ cacheMaxMb: null });
  });
});
