import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { budgetSpending, budgets, modelSettings } from "@/db/schema/gateway";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { aUser } from "@/tests/support/chat";
import { fakeAnthropic } from "@/tests/support/fake-anthropic";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { type Answer, ask, bootGateway } from "@/tests/support/gateway";
import { aBudget, forgetPolicy, pricedModel, theModel } from "@/tests/support/policy";

const free = "ollama/llama3.2:3b";
/** What is reserved for a reply that names no limit, and what the hosts write when nothing holds them. */
const [reserved, written] = [4_096, 40_000];

let hosts: Record<"ollama" | "openai" | "anthropic", FakeHost>;
let gateway: Awaited<ReturnType<typeof bootGateway>>;
let userId: string;
beforeAll(async () => {
  const talkative = { countsTokens: written, keepsLimit: true };
  hosts = {
    ollama: await fakeOllama(talkative),
    openai: await fakeOpenai({ ...talkative, models: [{ name: "gpt-5.4" }] }),
    anthropic: await fakeAnthropic(talkative),
  };
  gateway = await bootGateway({
    OLLAMA_BASE_URL: hosts.ollama.url,
    ...{ OPENAI_BASE_URL: `${hosts.openai.url}/v1`, OPENAI_API_KEY: "sk-test" },
    ...{ ANTHROPIC_BASE_URL: hosts.anthropic.url, ANTHROPIC_API_KEY: "sk-ant" },
  });
});
afterAll(async () => {
  await gateway.close();
  await Promise.all(Object.values(hosts).map((host) => host.close()));
});
beforeEach(async () => {
  for (const table of [budgets, modelSettings]) await gateway.database.db.delete(table);
  forgetPolicy();
  for (const { requests } of Object.values(hosts)) requests.length = 0;
  userId = await aUser();
});

const askAs = (model: string, more: { maxOutputTokens?: number; reasoning?: "high" } = {}) => ask(model, { context: { userId }, ...more });
const endOf = ({ parts }: Answer) => parts.flatMap((part) => (part.type === "finish" ? [part.finishReason.unified] : []));

test("of 50 calls at once whose replies would be ten times what was reserved, none makes a hard budget be overspent by more than one", async () => {
  await aBudget({ subjectKind: "user", subjectId: userId, limitTokens: 50_000 });
  const asked = await Promise.allSettled(Array.from({ length: 50 }, () => askAs(pricedModel)));
  await flushSettlements();
  const answers = asked.flatMap((call) => (call.status === "fulfilled" ? [call.value] : []));
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.length).toBeLessThan(50);
  for (const answer of answers) expect(endOf(answer)).toEqual(["length"]);
  const [spent] = await gateway.database.db.select().from(budgetSpending);
  expect(spent?.spentTokens).toBeGreaterThan(40_000);
  expect(spent?.spentTokens).toBeLessThan(50_000 + reserved + 100);
});

test("a call under a hard budget is held to what was reserved for its reply; what it asks for itself stands", async () => {
  await aBudget({ subjectKind: "user", subjectId: userId, limitUsd: 1 });
  await askAs(pricedModel);
  await askAs(pricedModel, { maxOutputTokens: 10_000 });
  expect(hosts.openai.chats.map(({ body }) => body.max_tokens)).toEqual([reserved, 10_000]);
});

test("what a model of Anthropic thinks is a part of what was reserved", async () => {
  await aBudget({ subjectKind: "user", subjectId: userId, limitUsd: 1 });
  await askAs("anthropic/claude-sonnet-4-5", { reasoning: "high" });
  const { max_tokens, thinking } = hosts.anthropic.chats[0]?.body ?? {};
  expect({ max_tokens, thinking }).toMatchObject({ max_tokens: reserved, thinking: { type: "enabled", budget_tokens: reserved / 2 } });
});

test("neither a budget that only warns holds a reply, nor one of money the reply of a model that costs nothing", async () => {
  const subject = { subjectKind: "user", subjectId: userId } as const;
  await aBudget({ ...subject, limitUsd: 1, limitTokens: 1_000_000, hard: false });
  expect(endOf(await askAs(pricedModel))).toEqual(["stop"]);
  await aBudget({ ...subject, period: "month", limitUsd: 1 });
  expect(endOf(await askAs(free))).toEqual(["stop"]);
  await aBudget({ ...subject, period: "month", limitTokens: 1_000_000 });
  expect(endOf(await askAs(free))).toEqual(["length"]);
});

test("a model that stands in is held to what its own hard budget has reserved", async () => {
  await theModel(free, { fallbacks: [pricedModel] });
  await aBudget({ subjectKind: "model", subjectId: pricedModel, limitUsd: 1 });
  expect(endOf(await askAs(free))).toEqual(["stop"]);
  await hosts.ollama.behave({ misbehave: "reject-key" });
  const answer = await askAs(free);
  await hosts.ollama.behave({ misbehave: undefined });
  expect([answer.record?.model, endOf(answer)]).toEqual([pricedModel, ["length"]]);
  expect(hosts.openai.chats.map(({ body }) => body.max_tokens)).toEqual([reserved]);
});
