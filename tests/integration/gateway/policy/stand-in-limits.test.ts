import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/db/database";
import { callLeases, limits, modelSettings, rateLimits } from "@/db/schema/gateway";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { aUser } from "@/tests/support/chat";
import { databaseKinds, freshDatabase } from "@/tests/support/database";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { ask, bootGateway } from "@/tests/support/gateway";
import { admit, aLimit, aRecord, forgetPolicy, oneCent, pricedModel, theModel } from "@/tests/support/policy";

const free = "ollama/llama3.2:3b";
const standIn = { subjectKind: "model" as const, subjectId: pricedModel };

describe.each(databaseKinds)("the limits of a model that stands in, on %s", (kind) => {
  let database: Database;
  let user: string;
  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [limits, rateLimits, callLeases]) await database.db.delete(table);
    forgetPolicy();
    user = await aUser();
  });

  const admitFree = (purpose: "chat" | "title" = "chat") => admit(user, { model: free, size: oneCent, context: { purpose } });
  const end = async (...ended: { settle: (record: ReturnType<typeof aRecord> | null) => void }[]) => {
    for (const { settle } of ended) settle(aRecord());
    await flushSettlements();
  };

  test("of requests a minute are taken when it is asked, and one that is used up is passed over", async () => {
    await aLimit({ ...standIn, requestsPerMinute: 2 });
    const calls = await Promise.all(Array.from({ length: 5 }, () => admitFree()));
    // A call that never needs it takes nothing.
    await end(...(await Promise.all([admitFree(), admitFree(), admitFree()])));
    const passed = await Promise.all(calls.map(({ mayStandIn }) => mayStandIn(pricedModel)));
    expect(passed.filter(Boolean)).toHaveLength(2);
    await end(...calls);
    expect(await (await admitFree()).mayStandIn(pricedModel)).toBeNull();
  });

  test("alone count what it answers: those of tokens of the model it stands in for are given back", async () => {
    await aLimit({ subjectKind: "model", subjectId: free, tokensPerMinute: 2_000 });
    // The second one is let through only because the first has given back what it had reserved.
    for (let round = 0; round < 2; round += 1) {
      const call = await admitFree();
      expect(call.headers["ratelimit-remaining"]).toBe("500");
      expect(await call.mayStandIn(pricedModel)).not.toBeNull();
      call.settle(aRecord({ model: pricedModel }));
      await flushSettlements();
    }
  });

  test("are given back what it took when another model answers, or the call never was", async () => {
    await aLimit({ ...standIn, requestsPerMinute: 1, tokensPerMinute: 1_500, parallel: 1 });
    for (const record of [aRecord({ model: free }), null]) {
      const call = await admitFree();
      expect(await call.mayStandIn(pricedModel)).not.toBeNull();
      call.settle(record);
      await flushSettlements();
    }
    const call = await admitFree();
    expect(await call.mayStandIn(pricedModel)).not.toBeNull();
    await end(call);
    expect(await (await admitFree()).mayStandIn(pricedModel)).toBeNull();
  });

  test("of tokens a minute are reserved at worst and settled with what it took", async () => {
    await aLimit({ ...standIn, tokensPerMinute: 2_500 });
    const first = await admitFree();
    expect(await first.mayStandIn(pricedModel)).not.toBeNull();
    expect(await (await admitFree()).mayStandIn(pricedModel)).toBeNull();
    first.settle(aRecord({ inputTokens: 500, outputTokens: 100 }));
    await flushSettlements();
    expect(await (await admitFree()).mayStandIn(pricedModel)).not.toBeNull();
  });

  test("of calls at once are held until the call has ended", async () => {
    await aLimit({ ...standIn, parallel: 1 });
    const [first, second] = [await admitFree(), await admitFree()];
    expect([await first.mayStandIn(pricedModel), await second.mayStandIn(pricedModel)]).toEqual([expect.anything(), null]);
    await end(first);
    expect(await second.mayStandIn(pricedModel)).not.toBeNull();
    await end(second);
    expect(await database.db.select().from(callLeases)).toEqual([]);
  });

  test("hold no place when the call is given up while they are asked", async () => {
    await aLimit({ ...standIn, parallel: 1 });
    const call = await admitFree();
    const asking = call.mayStandIn(pricedModel);
    call.settle(null);
    await asking;
    await flushSettlements();
    expect(await (await admitFree()).mayStandIn(pricedModel)).not.toBeNull();
  });

  test("do not hold up titles, as those of any model do not", async () => {
    await aLimit({ ...standIn, parallel: 1 });
    const call = await admitFree();
    expect(await call.mayStandIn(pricedModel)).not.toBeNull();
    expect(await (await admitFree("title")).mayStandIn(pricedModel)).not.toBeNull();
    await end(call);
  });
});

describe("a call whose host is down", () => {
  let hosts: FakeHost[];
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  const other = "openai/gpt-5";
  beforeAll(async () => {
    hosts = [await fakeOllama(), await fakeOpenai({ models: [{ name: "gpt-5.4" }, { name: "gpt-5" }] })];
    const [ollama, openai] = hosts.map(({ url }) => url);
    gateway = await bootGateway({ OLLAMA_BASE_URL: ollama ?? "", OPENAI_BASE_URL: `${openai}/v1`, OPENAI_API_KEY: "sk-test" });
    forgetPolicy();
    await theModel(free, { fallbacks: [pricedModel, other] });
    await hosts[0]?.behave({ misbehave: "reject-key" });
  });
  afterAll(async () => {
    await gateway.database.db.delete(modelSettings);
    await loadModelSettings();
    clearProcessGlobal("policy-rules");
    await gateway.close();
    for (const host of hosts) await host.close();
  });

  test("is answered by the next of its fallbacks when the minute of the first is used up", async () => {
    const userId = await aUser();
    const answeredBy = async () => (await ask(free, { context: { userId } })).record?.model;
    await aLimit({ ...standIn, requestsPerMinute: 1 });
    expect([await answeredBy(), await answeredBy()]).toEqual([pricedModel, other]);
    await aLimit({ subjectKind: "model", subjectId: other, requestsPerMinute: 1 });
    expect(await answeredBy()).toBe(other);
    expect(await ask(free, { context: { userId } })).toMatchObject({ failure: { reason: "key_rejected" }, record: { model: free } });
  });
});
