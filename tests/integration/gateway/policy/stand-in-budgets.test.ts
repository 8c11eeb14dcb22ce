import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { budgetReservations, budgetSpending, budgets, modelSettings } from "@/db/schema/gateway";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { aUser } from "@/tests/support/chat";
import { databaseKinds, freshDatabase } from "@/tests/support/database";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { ask, bootGateway } from "@/tests/support/gateway";
import { aBudget, admit, aRecord, forgetPolicy, oneCent, pricedModel, theModel } from "@/tests/support/policy";

const free = "ollama/llama3.2:3b";

describe.each(databaseKinds)("a dearer model that stands in, on %s", (kind) => {
  let database: Database;
  let user: string;
  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [budgets, modelSettings]) await database.db.delete(table);
    forgetPolicy();
    user = await aUser();
  });

  const reservations = () => database.db.select().from(budgetReservations);
  const reservedUsd = async () => (await reservations()).reduce((sum, { usd }) => sum + usd, 0);
  const spentUsd = async () => (await database.db.select().from(budgetSpending)).map((row) => row.spentUsd);
  const admitFree = () => admit(user, { model: free, size: oneCent });

  test("is reserved for before it is asked, and settled with the call", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 1 });
    const admission = await admitFree();
    expect(await reservedUsd()).toBe(0);
    expect(await admission.mayStandIn(pricedModel)).not.toBeNull();
    expect(await reservedUsd()).toBeCloseTo(0.01, 9);
    // One that is no dearer adds nothing.
    expect(await admission.mayStandIn(pricedModel)).not.toBeNull();
    expect(await reservedUsd()).toBeCloseTo(0.01, 9);
    admission.settle(aRecord({ costUsd: 0.008 }));
    await flushSettlements();
    expect(await reservations()).toEqual([]);
    expect((await spentUsd())[0]).toBeCloseTo(0.008, 9);
  });

  test("keeps what was reserved for it until what the call took is counted, also when the database fails between", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 1 });
    const admission = await admitFree();
    expect(await admission.mayStandIn(pricedModel)).not.toBeNull();
    const after: { spent: number | undefined; reserved: number }[] = [];
    let calls = 0;
    const transaction = async (work: Parameters<typeof database.db.transaction>[0]) => {
      if (++calls === 1) throw new Error("gone");
      await database.db.transaction(work);
      after.push({ spent: (await spentUsd())[0], reserved: await reservedUsd() });
    };
    setDatabase({ ...database, db: Object.assign(Object.create(database.db), { transaction }) });
    admission.settle(aRecord({ costUsd: 0.008 }));
    await flushSettlements();
    setDatabase(database);
    expect(after).toEqual([
      { spent: expect.closeTo(0.008, 9), reserved: expect.closeTo(0.01, 9) },
      { spent: expect.closeTo(0.008, 9), reserved: 0 },
    ]);
  });

  test("of 50 calls at once stands in for as many as the budget can pay at worst", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.105 });
    const admitted = await Promise.all(Array.from({ length: 50 }, admitFree));
    const passed = await Promise.all(admitted.map(({ mayStandIn }) => mayStandIn(pricedModel)));
    expect(passed.filter(Boolean)).toHaveLength(10);
    for (const [index, { settle }] of admitted.entries()) settle(aRecord({ costUsd: passed[index] ? 0.01 : 0 }));
    await flushSettlements();
    expect((await spentUsd())[0]).toBeCloseTo(0.1, 9);
    expect(await reservations()).toEqual([]);
  });

  test("is held to the budget that is for it, which pays only for what it answers", async () => {
    await aBudget({ subjectKind: "model", subjectId: pricedModel, limitUsd: 0.015 });
    const [first, second, third] = [await admitFree(), await admitFree(), await admitFree()];
    expect([await first.mayStandIn(pricedModel), await second.mayStandIn(pricedModel)]).toEqual([expect.anything(), null]);
    first.settle(aRecord({ model: free, costUsd: 0 }));
    await flushSettlements();
    expect(await spentUsd()).toEqual([0]);
    expect(await third.mayStandIn(pricedModel)).not.toBeNull();
    third.settle(aRecord());
    await flushSettlements();
    expect((await spentUsd())[0]).toBeCloseTo(0.01, 9);
    expect(await reservations()).toEqual([]);
  });

  test("pays for itself: the budget of the model it stands in for pays nothing", async () => {
    await aBudget({ subjectKind: "model", subjectId: free, limitTokens: 1_000_000 });
    const admission = await admitFree();
    expect(await admission.mayStandIn(pricedModel)).not.toBeNull();
    admission.settle(aRecord({ model: pricedModel }));
    await flushSettlements();
    const [spent] = await database.db.select().from(budgetSpending);
    expect(spent).toMatchObject({ spentUsd: 0, spentTokens: 0 });
    expect(await reservations()).toEqual([]);
  });

  test("leaves nothing reserved when the call is given up while the budgets are asked", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 1 });
    await aBudget({ subjectKind: "model", subjectId: pricedModel, limitUsd: 1 });
    const admission = await admitFree();
    const asking = admission.mayStandIn(pricedModel);
    admission.settle(null);
    await asking;
    await flushSettlements();
    expect(await reservations()).toEqual([]);
  });
});

describe("a call whose host is down", () => {
  let hosts: FakeHost[];
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  beforeAll(async () => {
    hosts = [await fakeOllama(), await fakeOpenai({ models: [{ name: "gpt-5.4" }] })];
    const [ollama, openai] = hosts.map(({ url }) => url);
    gateway = await bootGateway({ OLLAMA_BASE_URL: ollama ?? "", OPENAI_BASE_URL: `${openai}/v1`, OPENAI_API_KEY: "sk-test" });
    forgetPolicy();
    await theModel(free, { fallbacks: [pricedModel] });
    await hosts[0]?.behave({ misbehave: "reject-key" });
  });
  afterAll(async () => {
    await gateway.database.db.delete(modelSettings);
    await loadModelSettings();
    await gateway.close();
    for (const host of hosts) await host.close();
  });

  test("is answered by a paid model while there is money, and else told why its own could not", async () => {
    const userId = await aUser();
    const askAs = () => ask(free, { context: { userId }, maxOutputTokens: 500 });
    const budget = await aBudget({ subjectKind: "user", subjectId: userId, limitUsd: 1 });
    expect(await askAs()).toMatchObject({ failure: undefined, record: { model: pricedModel, requestedModel: free } });
    await flushSettlements();
    await aBudget({ ...budget, limitUsd: 0.000_001 });
    expect(await askAs()).toMatchObject({ failure: { reason: "key_rejected" }, record: { model: free } });
    expect(hosts[1]?.chats).toHaveLength(1);
  });
});
