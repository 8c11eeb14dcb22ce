import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setDatabase } from "@/db/database";
import { calls, modelSettings } from "@/db/schema/gateway";
import type { CallRecord } from "@/lib/gateway/call-record";
import { languageModel } from "@/lib/gateway/language-model";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { estimateTokens } from "@/lib/gateway/token-estimate";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";
import { ask, bootGateway, setHosts } from "../../support/gateway";
import { hostKinds } from "../../support/host-kinds";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
beforeAll(async () => {
  gateway = await bootGateway({});
});
afterAll(() => gateway.close());

describe.each(hostKinds)("what a call took from $kind", ({ fake, id, environment }) => {
  let upstream: FakeHost;
  beforeEach(async () => {
    upstream = await fake({ tokens: 10 });
    setHosts(environment(upstream.url));
  });
  afterEach(() => upstream.close());

  test("each call is stored once with its tokens as the host counted them", async () => {
    await flushCalls();
    await gateway.database.db.delete(calls);
    const { record } = await ask(id, { context: { purpose: "title" } });
    expect(record).toMatchObject({ model: id, outcome: "complete", inputTokens: 11, outputTokens: 10, tokensEstimated: false });
    await flushCalls();
    const rows = await gateway.database.db.select().from(calls);
    expect(rows).toEqual([
      expect.objectContaining({
        model: id,
        upstream: id.split("/")[0],
        purpose: "title",
        inputTokens: 11,
        outputTokens: 10,
        outcome: "complete",
      }),
    ]);
    expect(rows[0]?.firstTokenAt?.getTime()).toBeGreaterThanOrEqual(rows[0]?.startedAt.getTime() ?? Number.NaN);
  });

  test("tokens that the host does not count are estimated and marked so", async () => {
    await upstream.behave({ reportsUsage: false, reply: "word ".repeat(100) });
    const { record } = await ask(id, { prompt: "x".repeat(400) });
    expect(record?.tokensEstimated).toBe(true);
    expect(record?.inputTokens).toBeGreaterThan(50);
    expect(record?.outputTokens).toBeGreaterThan(50);
  });

  test("what the tools take is a part of that estimate", async () => {
    await upstream.behave({ reportsUsage: false });
    const description = "What the weather is like, in many words. ".repeat(20);
    const tool = { type: "function" as const, name: "weather", description, inputSchema: { type: "object" as const, properties: {} } };
    const without = (await ask(id)).record?.inputTokens ?? Number.NaN;
    expect((await ask(id, { tools: [tool] })).record?.inputTokens).toBeGreaterThan(without + 100);
  });

  test("what images take is a part of that estimate", async () => {
    await upstream.behave({ reportsUsage: false });
    const image = { type: "file" as const, mediaType: "image/png", data: { type: "data" as const, data: "iVBORw0KGgo=" } };
    const records: (CallRecord | undefined)[] = [];
    const model = languageModel(id, { userId: null, purpose: "chat", onCall: (record) => records.push(record) });
    await model.doGenerate({ prompt: [{ role: "user", content: [{ type: "text", text: "What is this?" }, image] }] });
    expect(records[0]?.inputTokens).toBeGreaterThan(1_600);
  });

  test("a stopped call is stored as stopped, with an estimate of what was written", async () => {
    await upstream.behave({ tokens: 500, intervalMs: 5 });
    const stop = new AbortController();
    let seen = 0;
    const records: unknown[] = [];
    const onPart = () => {
      if (++seen === 8) stop.abort();
    };
    await ask(id, { abortSignal: stop.signal, onPart, context: { onCall: (record) => records.push(record) } }).catch(() => undefined);
    expect(records).toEqual([
      expect.objectContaining({ outcome: "stopped", reason: undefined, tokensEstimated: true, outputTokens: expect.any(Number) }),
    ]);
  });
});

test("a hosted model's call costs what the price list says, cached tokens at their own price", async () => {
  const upstream = await fakeOpenai({ tokens: 10 });
  setHosts({ OPENAI_BASE_URL: upstream.url });
  const { record } = await ask("openai/gpt-5.4-mini");
  expect(record?.cachedTokens).toBe(4);
  expect(record?.costUsd).toBeCloseTo((7 * 0.75 + 4 * 0.075 + 10 * 4.5) / 1_000_000, 12);
  await upstream.close();
});

test("the estimate of tokens follows what a model's calls really took", async () => {
  const upstream = await fakeOllama({ tokens: 0, reply: "ab ".repeat(200), models: [{ name: "dense:1b" }] });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  const text = "ab ".repeat(1_000);
  const before = estimateTokens(text, "ollama/dense:1b");
  for (let call = 0; call < 8; call++) await ask("ollama/dense:1b");
  const after = estimateTokens(text, "ollama/dense:1b");
  expect(before).toBe(750);
  expect(after).toBeGreaterThan(900);
  expect(after).toBeLessThanOrEqual(1_000);
  await upstream.close();
});

test("records of calls that cannot be stored do not touch the reply", async () => {
  const upstream = await fakeOllama();
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  const nobody = "01890000-0000-7000-8000-000000000000";
  expect(await ask("ollama/llama3.2:3b", { context: { userId: nobody } })).toMatchObject({ failure: undefined });
  await expect(flushCalls()).resolves.toBeUndefined();
  await upstream.close();
});

test("records of calls wait while the database is away, and each is stored once", async () => {
  const upstream = await fakeOllama();
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  const { database } = gateway;
  await flushCalls();
  await database.db.delete(calls);
  const execute = () => Promise.reject(new Error("gone"));
  setDatabase({ ...database, db: Object.assign(Object.create(database.db), { execute }) });
  await ask("ollama/llama3.2:3b");
  await flushCalls();
  await ask("ollama/llama3.2:3b");
  await flushCalls();
  setDatabase(database);
  expect(await database.db.select().from(calls)).toHaveLength(0);
  await flushCalls();
  await flushCalls();
  expect(await database.db.select().from(calls)).toHaveLength(2);
  await upstream.close();
});

test("one record that is never taken does not take the others with it", async () => {
  const upstream = await fakeOllama();
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  await flushCalls();
  await gateway.database.db.delete(calls);
  await ask("ollama/llama3.2:3b", { context: { userId: "01890000-0000-7000-8000-000000000000" } });
  await ask("ollama/llama3.2:3b");
  await flushCalls();
  expect(await gateway.database.db.select().from(calls)).toHaveLength(1);
  await upstream.close();
});

test("calls at once on a machine with a price an hour pay for its time once", async () => {
  const upstream = await fakeOllama({ tokens: 10, intervalMs: 30 });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  const model = "ollama/llama3.2:3b";
  await gateway.database.db.insert(modelSettings).values({ modelId: model, usdPerHour: 3_600 });
  await loadModelSettings();
  const records = (await Promise.all([1, 2, 3, 4].map(() => ask(model)))).flatMap(({ record }) => record ?? []);
  const times = (of: (record: CallRecord) => Date) => records.map((record) => of(record).getTime());
  const tookMs = Math.max(...times(({ endedAt }) => endedAt)) - Math.min(...times(({ startedAt }) => startedAt));
  const paidMs = records.reduce((sum, { costUsd }) => sum + costUsd * 1_000, 0);
  expect(paidMs).toBeGreaterThan(250);
  // Dates have no parts of a millisecond.
  expect(paidMs).toBeLessThanOrEqual(tookMs + 2);
  await gateway.database.db.delete(modelSettings);
  await loadModelSettings();
  await upstream.close();
});
