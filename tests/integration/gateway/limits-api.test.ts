import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DELETE as deleteBudget } from "@/app/api/v1/budgets/[budgetId]/route";
import { GET as budgetList, POST as setBudget } from "@/app/api/v1/budgets/route";
import { PATCH as changeGroup, DELETE as deleteGroup } from "@/app/api/v1/groups/[groupId]/route";
import { POST as createGroup, GET as groupList } from "@/app/api/v1/groups/route";
import { DELETE as deleteLimit } from "@/app/api/v1/limits/[limitId]/route";
import { GET as limitList, POST as setLimit } from "@/app/api/v1/limits/route";
import type { Database } from "@/db/database";
import { apiKeys, groups } from "@/db/schema/accounts";
import { budgets, limits } from "@/db/schema/gateway";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import { subjectChoices } from "@/lib/gateway/limits/subject-choices";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { bearer, forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { madeKey } from "../../support/api-keys";
import { databaseKinds, freshDatabase } from "../../support/database";
import { admit, aRecord, forgetPolicy } from "../../support/policy";
import type { RouteHandler } from "../../support/route-files";

describe.each(databaseKinds)("limits, budgets and groups over REST on %s", (kind) => {
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
    for (const table of [limits, budgets, groups]) await database.db.delete(table);
    forgetPolicy();
  });

  async function send(
    handler: unknown,
    { body, params = {}, query = "" }: { body?: unknown; params?: Record<string, string>; query?: string } = {},
  ) {
    const { contract } = handler as RouteHandler;
    const request = new Request(`http://localhost:3000/?${query}`, {
      method: contract?.method,
      headers: { ...bearer(admin.accessToken), "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const response = await (handler as RouteHandler)(request, { params: Promise.resolve(params) });
    return { status: response.status, body: response.status === 204 ? null : await response.json() };
  }
  const refused = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error: { code: string }) => error.code,
    );

  test("a limit holds from the next call on, is replaced by a second one for its subject, and is lifted when it is deleted", async () => {
    const forUser = { subjectKind: "user", subjectId: user.user.id };
    const made = await send(setLimit, { body: { ...forUser, requestsPerMinute: 1 } });
    expect(made).toMatchObject({ status: 201, body: { ...forUser, subjectName: user.user.email, requestsPerMinute: 1, parallel: null } });
    await admit(user.user.id);
    expect(await refused(admit(user.user.id))).toBe("rate_limited");
    await send(setLimit, { body: { ...forUser, requestsPerMinute: 2 } });
    await admit(user.user.id);
    expect(await refused(admit(user.user.id))).toBe("rate_limited");
    const { body } = await send(limitList);
    expect(body.items).toMatchObject([{ id: made.body.id, requestsPerMinute: 2 }]);
    expect((await send(deleteLimit, { params: { limitId: made.body.id } })).status).toBe(204);
    expect(await refused(admit(user.user.id))).toBeUndefined();
    expect((await send(deleteLimit, { params: { limitId: made.body.id } })).status).toBe(404);
  });

  test("a budget shows what is spent and reserved of it now, and when it is full again", async () => {
    const made = await send(setBudget, { body: { subjectKind: "everyone", period: "month", limitUsd: 1, hard: false } });
    expect(made).toMatchObject({ status: 201, body: { subjectId: null, subjectName: "Everyone", spentUsd: 0, hard: false } });
    const [ended, running] = [await admit(user.user.id), await admit(user.user.id)];
    ended.settle(aRecord());
    await flushSettlements();
    const { body } = await send(budgetList);
    expect(body.items).toEqual([expect.objectContaining({ spentTokens: 1_500, reservedTokens: 1_500 })]);
    expect(body.items[0].spentUsd).toBeCloseTo(0.01, 9);
    expect(body.items[0].reservedUsd).toBeCloseTo(0.01, 9);
    expect(body.items[0].resetsAt).toMatch(/-01T00:00:00\.000Z$/);
    running.settle(null);
    await flushSettlements();
    expect((await send(deleteBudget, { params: { budgetId: made.body.id } })).status).toBe(204);
    expect((await send(budgetList)).body.items).toEqual([]);
  });

  test("who is in a group counts from the next call on, and a deleted group takes its limits with it", async () => {
    const made = await send(createGroup, { body: { name: "Research" } });
    expect(made).toMatchObject({ status: 201, body: { name: "Research", members: [] } });
    const groupId = made.body.id;
    await send(setLimit, { body: { subjectKind: "group", subjectId: groupId, requestsPerMinute: 1 } });
    for (const _ of [1, 2]) await admit(user.user.id);
    const changed = await send(changeGroup, { params: { groupId }, body: { name: "Lab", members: [user.user.id] } });
    expect(changed.body).toMatchObject({ name: "Lab", members: [user.user.id] });
    await admit(user.user.id);
    expect(await refused(admit(user.user.id))).toBe("rate_limited");
    expect((await send(deleteGroup, { params: { groupId } })).status).toBe(204);
    expect(await refused(admit(user.user.id))).toBeUndefined();
    expect((await send(limitList)).body.items).toEqual([]);
    expect((await send(groupList)).body.items).toEqual([]);
  });

  test("names of groups are taken once, and members must have accounts", async () => {
    await send(createGroup, { body: { name: "One" } });
    const two = await send(createGroup, { body: { name: "Two", members: [admin.user.id] } });
    expect((await send(createGroup, { body: { name: "One" } })).status).toBe(409);
    expect((await send(changeGroup, { params: { groupId: two.body.id }, body: { name: "One" } })).status).toBe(409);
    const stranger = await send(changeGroup, { params: { groupId: two.body.id }, body: { members: [newId()] } });
    expect(stranger.status).toBe(404);
    expect((await send(groupList)).body.items).toMatchObject([{ name: "One" }, { name: "Two", members: [admin.user.id] }]);
  });

  test("keys of one name are told apart by their owner and their end, and one that has expired is no choice", async () => {
    const mine = await madeKey(admin.accessToken, { name: "CI" });
    const [theirs, old] = [await madeKey(user.accessToken, { name: "CI" }), await madeKey(user.accessToken, { name: "Old" })];
    await database.db
      .update(apiKeys)
      .set({ expiresAt: new Date(0) })
      .where(eq(apiKeys.id, old.id));
    const expected = [
      { id: mine.id, name: `CI (${admin.user.email}, …${mine.hint})` },
      { id: theirs.id, name: `CI (${user.user.email}, …${theirs.hint})` },
    ];
    const { keys } = await subjectChoices();
    expect(keys.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(expected.toSorted((a, b) => a.id.localeCompare(b.id)));
    const made = await send(setLimit, { body: { subjectKind: "key", subjectId: theirs.id, parallel: 1 } });
    expect(made.body.subjectName).toBe(expected[1]?.name);
  });

  test.each([
    ["an account that does not exist", { subjectKind: "user", subjectId: newId(), parallel: 1 }, 404],
    ["a user by something that is no id", { subjectKind: "user", subjectId: "ann", parallel: 1 }, 400],
    ["everyone with an id", { subjectKind: "everyone", subjectId: newId(), parallel: 1 }, 400],
    ["a model without a name", { subjectKind: "model", parallel: 1 }, 400],
    ["nothing that is limited", { subjectKind: "everyone" }, 400],
    ["a limit of nothing", { subjectKind: "everyone", requestsPerMinute: 0 }, 400],
  ])("a limit for %s is refused", async (_, body, status) => {
    expect((await send(setLimit, { body })).status).toBe(status);
    expect((await send(limitList)).body.items).toEqual([]);
  });

  test("lists are given page by page", async () => {
    for (const model of ["a/1", "a/2", "a/3"]) await send(setLimit, { body: { subjectKind: "model", subjectId: model, parallel: 1 } });
    const first = await send(limitList, { query: "limit=2" });
    const second = await send(limitList, { query: `limit=2&cursor=${first.body.nextCursor}` });
    expect([...first.body.items, ...second.body.items].map((row: { subjectName: string }) => row.subjectName)).toEqual([
      "a/1",
      "a/2",
      "a/3",
    ]);
    expect(second.body.nextCursor).toBeNull();
  });
});
