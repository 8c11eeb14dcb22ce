import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as usageRoute } from "@/app/api/v1/usage/route";
import { GET as csvRoute } from "@/app/api/v1/usage.csv/route";
import type { Database } from "@/db/database";
import { rollUpUsage } from "@/db/queries/usage";
import { calls, usageDaily } from "@/db/schema/gateway";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import { bearer, forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { databaseKinds, freshDatabase } from "../../support/database";
import { aRecord } from "../../support/policy";

const dayMs = 86_400_000;
const dayOf = (daysAgo: number) => new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10);

describe.each(databaseKinds)("usage on %s", (kind) => {
  let database: Database;
  let admin: Session;
  let user: Session;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open" });
    forgetAttempts();
    database = await freshDatabase(kind);
    [admin, user] = [await registered(), await registered()];
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(calls);
    await database.db.delete(usageDaily);
  });

  /** Stores a call that began so many days ago, at noon. */
  async function aCall(daysAgo: number, given: Partial<typeof calls.$inferInsert> = {}) {
    const startedAt = new Date(`${dayOf(daysAgo)}T12:00:00Z`);
    const row = { ...aRecord({ costUsd: 0.25 }), id: newId(), ownerId: user.user.id, purpose: "chat" as const };
    await database.db.insert(calls).values({ ...row, startedAt, endedAt: startedAt, ...given });
  }
  const sums = () => database.db.select().from(usageDaily).orderBy(usageDaily.day, usageDaily.model);
  const ask = async (query: string, caller = user) => {
    const request = new Request(`http://localhost:3000/api/v1/usage?${query}`, { headers: bearer(caller.accessToken) });
    const response = await usageRoute(request, { params: Promise.resolve({}) });
    return { status: response.status, body: await response.json() };
  };

  test("finished calls are added up by day, and adding them up again changes nothing", async () => {
    await aCall(0);
    await aCall(0, { outcome: "failed", costUsd: 0, cache: "miss" });
    await aCall(0, { cache: "hit", costUsd: 0 });
    await aCall(1, { model: "ollama/small:latest" });
    await rollUpUsage(database.db);
    const first = await sums();
    expect(first).toMatchObject([
      { day: dayOf(1), model: "ollama/small:latest", calls: 1 },
      { day: dayOf(0), calls: 3, failures: 1, cacheHits: 1, inputTokens: 3_000, outputTokens: 1_500, costUsd: 0.25 },
    ]);
    await Promise.all([rollUpUsage(database.db), rollUpUsage(database.db), rollUpUsage(database.db)]);
    expect(await sums()).toEqual(first);
  });

  test("what was not added up before a long standstill is added up after it, and older days are left as they are", async () => {
    await aCall(6);
    await aCall(5);
    await rollUpUsage(database.db);
    await aCall(6);
    await aCall(5);
    await aCall(3);
    await rollUpUsage(database.db);
    expect((await sums()).map(({ day, calls: count }) => [day, count])).toEqual([
      [dayOf(6), 1],
      [dayOf(5), 2],
      [dayOf(3), 1],
    ]);
  });

  test("a call whose key is deleted later is not counted twice", async () => {
    const { apiKeys } = await import("@/db/schema/accounts");
    const key = { id: newId(), ownerId: user.user.id, name: "script", tokenHash: newId(), hint: "abcd", scopes: [] };
    await database.db.insert(apiKeys).values(key);
    await aCall(0, { keyId: key.id });
    await rollUpUsage(database.db);
    expect((await ask("groupBy=key")).body.items).toMatchObject([{ key: key.id, label: "script", calls: 1 }]);
    await database.db.delete(apiKeys);
    await rollUpUsage(database.db);
    expect((await ask("groupBy=key")).body.items).toMatchObject([{ key: "", label: "Without a key", calls: 1 }]);
  });

  test("a user sees their own usage by day, model, key and user, page by page", async () => {
    await aCall(0);
    await aCall(1, { model: "ollama/small:latest" });
    await aCall(0, { ownerId: admin.user.id });
    await rollUpUsage(database.db);
    expect((await ask("")).body.items.map((row: { key: string; calls: number }) => [row.key, row.calls])).toEqual([
      [dayOf(1), 1],
      [dayOf(0), 1],
    ]);
    expect((await ask("groupBy=user")).body.items).toMatchObject([{ key: user.user.id, label: user.user.email, calls: 2, costUsd: 0.5 }]);
    const first = await ask("groupBy=model&limit=1");
    expect(first.body).toMatchObject({ items: [{ key: "ollama/small:latest" }], nextCursor: expect.any(String) });
    const second = await ask(`groupBy=model&limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ items: [{ key: "openai/gpt-5.4" }], nextCursor: null });
    expect((await ask(`from=${dayOf(0)}`)).body.items).toHaveLength(1);
    expect((await ask(`from=${dayOf(0)}&to=${dayOf(1)}`)).status).toBe(400);
  });

  test("others' usage is for admins only", async () => {
    await aCall(0);
    await rollUpUsage(database.db);
    for (const query of ["all=true", `user_id=${admin.user.id}`]) expect((await ask(query)).status).toBe(403);
    expect((await ask("", admin)).body.items).toEqual([]);
    for (const query of ["all=true", `user_id=${user.user.id}`]) expect((await ask(query, admin)).body.items).toHaveLength(1);
  });

  test("the CSV has a line for each day, user, key, model, host and purpose, and no cell is a formula", async () => {
    await aCall(1, { model: '=cmd|"x"', upstream: "a,b" });
    await aCall(0);
    await aCall(0, { ownerId: admin.user.id });
    await rollUpUsage(database.db);
    const request = new Request("http://localhost:3000/api/v1/usage.csv", { headers: bearer(user.accessToken) });
    const response = await csvRoute(request, { params: Promise.resolve({}) });
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="hearth-usage-.*\.csv"$/);
    const { id, email } = user.user;
    expect((await response.text()).split("\r\n")).toEqual([
      "day,user_id,user,key_id,key,model,host,purpose,calls,failures,cache_hits,input_tokens,output_tokens,cached_tokens,cost_usd",
      `${dayOf(1)},${id},${email},,,"'=cmd|""x""","a,b",chat,1,0,0,1000,500,0,0.25`,
      `${dayOf(0)},${id},${email},,,openai/gpt-5.4,openai,chat,1,0,0,1000,500,0,0.25`,
      "",
    ]);
  });
});
