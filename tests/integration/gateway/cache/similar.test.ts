import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { budgetSpending, cacheEntries, calls } from "@/db/schema/gateway";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { flushCache } from "@/lib/gateway/cache/stored-answers";
import type { AnswerFacts } from "@/lib/gateway/call-record";
import { embedTexts } from "@/lib/gateway/embedded/embed-texts";
import { saveGatewaySettings } from "@/lib/gateway/gateway-settings";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import type { KeyGrant } from "@/lib/http/caller";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { aKey, askAs, model } from "@/tests/support/cache";
import { aUser } from "@/tests/support/chat";
import { databaseKinds } from "@/tests/support/database";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { bootGateway } from "@/tests/support/gateway";
import { embeddingModelFile } from "@/tests/support/models";
import { aBudget, aLimit } from "@/tests/support/policy";

const chatModel = { name: "llama3.2:3b", loaded: true };
const embedder = { name: "embedder:latest", capabilities: ["embedding"], contextLength: 512, loaded: true };

/** Texts about the same thing point the same way: a turn for each first letter, a little one for each length. */
const byFirstLetter = (texts: string[]) =>
  texts.map((text) => {
    const angle = text.charCodeAt(0) + text.length / 1_000;
    return [2 * Math.cos(angle), 2 * Math.sin(angle)];
  });

describe.each(databaseKinds)("answers to similar questions on %s", (kind) => {
  let host: FakeHost;
  let embedding: FakeHost;
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  let userId: string;
  let similar: KeyGrant;

  beforeAll(async () => {
    host = await fakeOllama({ models: [chatModel] });
    embedding = await fakeOllama({ models: [embedder], vectors: byFirstLetter });
    gateway = await bootGateway({ OLLAMA_BASE_URL: `${host.url},${embedding.url}` }, { kind });
    userId = await aUser();
    similar = await aKey(userId, { cache: "similar", similarity: 0.9 });
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([host.close(), embedding.close()]);
  });
  beforeEach(async () => {
    await flushCache();
    for (const name of ["cache-memory", "cache-questions"]) clearProcessGlobal(name);
    await gateway.database.db.delete(cacheEntries);
    await embedding.behave({ vectors: byFirstLetter });
    host.requests.length = 0;
  });

  /** Asks, and tells what the cache did and whose answer it gave. */
  async function asking(prompt: string, { key = similar, ...more }: { key?: KeyGrant } & Partial<Parameters<typeof askAs>[0]> = {}) {
    let facts: AnswerFacts | undefined;
    const onAnswer = (told: AnswerFacts) => {
      facts = told;
    };
    const { record, text } = await askAs({ userId, prompt, temperature: 0.7, ...more, context: { key, onAnswer, ...more.context } });
    await flushCache();
    return { cache: record?.cache, from: facts?.similarTo, text, costUsd: record?.costUsd };
  }

  test("are given with the question they were given to; unlike ones, and equal ones of another key, are not", async () => {
    await host.behave({ nextReplies: ["Paris.", "Rome."] });
    expect(await asking("France's capital?")).toMatchObject({ cache: "miss", from: undefined });
    expect(await asking("France: its capital?")).toMatchObject({ cache: "similar", from: "France's capital?", text: "Paris.", costUsd: 0 });
    expect(await asking("France's capital?")).toMatchObject({ cache: "hit", from: undefined });
    expect(await asking("Italy's capital?")).toMatchObject({ cache: "miss", text: "Rome." });
    expect(await asking("France, and its capital?", { key: await aKey(userId) })).toMatchObject({ cache: "miss" });
    expect(host.chats).toHaveLength(3);
    await flushCalls();
    const purposes = (await gateway.database.db.select().from(calls)).map(({ purpose, cache }) => `${purpose} ${cache}`);
    expect(purposes.filter((purpose) => purpose === "embedding off")).toHaveLength(3);
    expect(purposes.filter((purpose) => purpose === "api similar")).toHaveLength(1);
  });

  test("hold for one owner, one model and the same settings alone, and in a single turn", async () => {
    await asking("France's capital?");
    const other = await aUser();
    expect(await asking("France: its capital?", { userId: other })).toMatchObject({ cache: "miss" });
    expect(await asking("France: its capital?", { maxOutputTokens: 5 })).toMatchObject({ cache: "miss" });
    const tools = [{ type: "function" as const, name: "look", inputSchema: {} }];
    expect(await asking("France: its capital?", { tools })).toMatchObject({ cache: "miss" });
    expect(await asking("France: its capital?")).toMatchObject({ cache: "similar" });
  });

  test("must be as like as the key wants", async () => {
    await asking("France's capital?");
    expect(await asking("France: its capital?", { key: await aKey(userId, { cache: "similar", similarity: 1 }) })).toMatchObject({
      cache: "miss",
    });
    expect(await asking("France: the capital of it?")).toMatchObject({ cache: "similar", from: "France: its capital?" });
  });

  test("are found by another process, and after a fresh one was asked for, that is given", async () => {
    await host.behave({ nextReplies: ["Paris.", "It is Paris."] });
    await asking("France's capital?");
    for (const name of ["cache-memory", "cache-questions"]) clearProcessGlobal(name);
    expect(await asking("France: its capital?")).toMatchObject({ cache: "similar", text: "Paris." });
    expect(await asking("France: its capital?", { context: { cache: "skip" } })).toMatchObject({ cache: "miss", text: "It is Paris." });
    expect(await asking("France: its capital?")).toMatchObject({ cache: "hit", text: "It is Paris." });
  });

  test("are not looked for at a host that the key's words may not go to, unless an admin named the model", async () => {
    const key = await aKey(userId, { cache: "similar", similarity: 0.9, upstreams: ["ollama"] });
    embedding.requests.length = 0;
    await asking("France's capital?", { key });
    await flushCalls();
    expect(embedding.requests.filter(({ path }) => path === "/api/embed")).toHaveLength(0);
    await saveGatewaySettings({ embeddingModel: "ollama/embedder:latest" });
    await asking("Italy's capital?", { key });
    await saveGatewaySettings({ embeddingModel: null });
    expect(embedding.requests.filter(({ path }) => path === "/api/embed")).toHaveLength(1);
  });

  test("cost the key no request, no place and no right: embedding is Hearth's own work, and only its tokens count", async () => {
    const key = await aKey(userId, { cache: "similar", similarity: 0.9, models: [model] });
    await aLimit({ subjectKind: "key", subjectId: key.id, parallel: 1, requestsPerMinute: 2 });
    await aBudget({ subjectKind: "key", subjectId: key.id, limitTokens: 1_000_000 });
    expect(await asking("France's capital?", { key })).toMatchObject({ cache: "miss" });
    expect(await asking("France: its capital?", { key })).toMatchObject({ cache: "similar", from: "France's capital?" });
    await Promise.all([flushCalls(), flushSettlements()]);
    const rows = await gateway.database.db.select().from(calls).where(eq(calls.keyId, key.id));
    const counted = rows.filter(({ purpose, cache }) => purpose === "embedding" || cache === "miss");
    expect(counted.filter(({ purpose }) => purpose === "embedding")).toHaveLength(2);
    const [spending] = await gateway.database.db.select().from(budgetSpending);
    expect(spending?.spentTokens).toBe(counted.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0));
  });

  test("are not waited for: without vectors a call is answered all the same", async () => {
    await embedding.behave({ vectors: () => [] });
    expect(await asking("France's capital?")).toMatchObject({ cache: "miss" });
    expect(await asking("France's capital?")).toMatchObject({ cache: "hit" });
    expect(await gateway.database.db.select().from(cacheEntries)).toMatchObject([{ question: null, embedding: null }]);
  });

  test.skipIf(!embeddingModelFile)("are told from unlike ones by a real embedding model", async () => {
    await embedding.behave({ vectors: async (texts) => (await embedTexts(texts, { file: embeddingModelFile })).vectors });
    const key = await aKey(userId, { cache: "similar", similarity: 0.85 });
    await embedTexts(["It loads its model first."], { file: embeddingModelFile });
    await asking("What is the capital of France?", { key });
    expect(await asking("What's the capital city of France?", { key })).toMatchObject({
      cache: "similar",
      from: "What is the capital of France?",
    });
    expect(await asking("What is the capital of Italy?", { key })).toMatchObject({ cache: "miss" });
    expect(await asking("How do I bake bread?", { key })).toMatchObject({ cache: "miss" });
  });
});
