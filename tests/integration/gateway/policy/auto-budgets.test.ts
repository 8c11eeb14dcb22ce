import { getTableName, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertGroup } from "@/db/queries/groups";
import { budgetSpending, budgets } from "@/db/schema/gateway";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { routeAuto } from "@/lib/gateway/routing/route-auto";
import type { RouteRequest } from "@/lib/gateway/routing/route-request";
import { learnTokens } from "@/lib/gateway/token-estimate";
import { aUser } from "@/tests/support/chat";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { bootGateway } from "@/tests/support/gateway";
import { aBudget, admit, aRecord, forgetPolicy, pricedModel } from "@/tests/support/policy";
import { end } from "@/tests/support/policy-database";
import { aRequest } from "@/tests/support/routing";

const free = "ollama/llama3.2:3b";

let hosts: FakeHost[];
let gateway: Awaited<ReturnType<typeof bootGateway>>;
let user: string;
beforeAll(async () => {
  hosts = [await fakeOllama({ models: [{ name: "llama3.2:3b" }] }), await fakeOpenai({ models: [{ name: "gpt-5.4" }] })];
  const [ollama, openai] = hosts.map(({ url }) => url);
  gateway = await bootGateway({ OLLAMA_BASE_URL: ollama ?? "", OPENAI_BASE_URL: `${openai}/v1`, OPENAI_API_KEY: "sk-test" });
});
afterAll(async () => {
  await gateway.close();
  for (const host of hosts) await host.close();
});
beforeEach(async () => {
  await gateway.database.db.delete(budgets);
  forgetPolicy();
  user = await aUser();
});

/** The model that `auto` thinks best for a text, by a reply that costs less than a cent at the worst. */
const best = async (userId: string | null, given: Partial<RouteRequest> = {}) =>
  (await routeAuto(aRequest({ maxOutputTokens: 500, ...given }), { userId }, { preference: "best", rules: [] }))?.model;

test("`auto` passes over a model that a hard budget has no room for, and nobody else's", async () => {
  expect(await best(user)).toBe(pricedModel);
  await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.015 });
  expect(await best(user)).toBe(pricedModel);
  // What is reserved for a call under way is not there for another.
  const admission = await admit(user);
  expect(await best(user)).toBe(free);
  await end([admission], aRecord());
  expect(await best(user)).toBe(free);
  expect(await best(await aUser())).toBe(pricedModel);
});

test("the longest reply that is asked for must fit", async () => {
  await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.015 });
  expect(await best(user, { maxOutputTokens: 2_000 })).toBe(free);
});

test("files count, and text by what the model's calls took so far", async () => {
  await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.025 });
  expect(await best(user, { fileTokens: 1_600 })).toBe(pricedModel);
  expect(await best(user, { fileTokens: 8_000 })).toBe(free);
  const chars = 20_000;
  expect(await best(user, { chars })).toBe(pricedModel);
  for (let call = 0; call < 20; call++) learnTokens(pricedModel, chars, chars / 2);
  expect(await best(user, { chars })).toBe(free);
  clearProcessGlobal("gateway-chars-per-token");
});

test("while the use of budgets cannot be read, every model comes into question", async () => {
  await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0 });
  expect(await best(user)).toBe(free);
  const { database } = gateway;
  await database.db.execute(sql`alter table ${budgetSpending} rename to away`);
  try {
    expect(await best(user)).toBe(pricedModel);
  } finally {
    await database.db.execute(sql`alter table away rename to ${sql.identifier(getTableName(budgetSpending))}`);
  }
  expect(await best(user)).toBe(free);
});

test("budgets of a group and of the model count, and a soft one or one of another model does not", async () => {
  const group = await insertGroup(gateway.database.db, { id: newId(), name: "Research", members: [user] });
  await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0, hard: false });
  await aBudget({ subjectKind: "model", subjectId: free, limitUsd: 0 });
  expect(await best(user)).toBe(pricedModel);
  const ofGroup = await aBudget({ subjectKind: "group", subjectId: group.id, limitUsd: 0.001, period: "month" });
  expect(await best(user)).toBe(free);
  await aBudget({ ...ofGroup, limitUsd: 1 });
  expect(await best(user)).toBe(pricedModel);
  await aBudget({ subjectKind: "model", subjectId: pricedModel, limitUsd: 0.001 });
  expect(await best(await aUser())).toBe(free);
});

test("where no budget has room for any, the best is chosen, and its refusal tells why", async () => {
  await aBudget({ subjectKind: "user", subjectId: user, limitTokens: 10 });
  expect(await best(user)).toBe(pricedModel);
});
