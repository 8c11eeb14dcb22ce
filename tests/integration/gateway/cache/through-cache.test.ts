import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cacheEntries, calls, modelSettings } from "@/db/schema/gateway";
import { resetEnv } from "@/lib/core/env";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { tidyCache } from "@/lib/gateway/cache/cache-loop";
import { keepAnswer } from "@/lib/gateway/cache/keep-answer";
import { recallAnswer } from "@/lib/gateway/cache/memory-cache";
import { flushCache } from "@/lib/gateway/cache/stored-answers";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { aKey, askAs, cacheOf, model } from "@/tests/support/cache";
import { aUser } from "@/tests/support/chat";
import { databaseKinds } from "@/tests/support/database";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { ask, bootGateway } from "@/tests/support/gateway";
import { theModel } from "@/tests/support/policy";

describe.each(databaseKinds)("kept answers on %s", (kind) => {
  let host: FakeHost;
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  let ann: string;
  let bob: string;

  beforeAll(async () => {
    host = await fakeOllama();
    gateway = await bootGateway({ OLLAMA_BASE_URL: host.url }, { kind });
    [ann, bob] = [await aUser(), await aUser()];
  });
  afterAll(async () => {
    await gateway.close();
    await host.close();
  });
  beforeEach(async () => {
    await flushCache();
    clearProcessGlobal("cache-memory");
    await gateway.database.db.delete(cacheEntries);
    await host.behave({ misbehave: undefined, nextReplies: [] });
  });
  afterEach(() => setCacheMb(undefined));

  function setCacheMb(megabytes: string | undefined) {
    if (megabytes === undefined) delete process.env.HEARTH_CACHE_MAX_MB;
    else process.env.HEARTH_CACHE_MAX_MB = megabytes;
    resetEnv();
  }
  const rows = async () => {
    await flushCache();
    return gateway.database.db.select().from(cacheEntries);
  };
  /** How many calls reach the host meanwhile. */
  async function reaching(work: () => Promise<unknown>): Promise<number> {
    const before = host.chats.length;
    await work();
    return host.chats.length - before;
  }

  test("the same deterministic call is put to a host once, and its answer comes again with its counts, at no cost", async () => {
    await theModel(model, { inputUsdPerMTok: 1_000, outputUsdPerMTok: 1_000 });
    const [first, again] = [await askAs({ userId: ann }), await askAs({ userId: ann })];
    expect(first.record).toMatchObject({ cache: "miss", attempts: 1, upstream: "ollama", costUsd: 0.016 });
    expect(again.record).toMatchObject({ cache: "hit", attempts: 0, upstream: "ollama", costUsd: 0, outcome: "complete", model });
    expect(again.record).toMatchObject({ inputTokens: 11, outputTokens: 5, tokensEstimated: false });
    expect([again.text, again.parts.at(-1)]).toEqual([first.text, first.parts.at(-1)]);
    expect(host.chats).toHaveLength(1);
    expect(await rows()).toMatchObject([{ scope: ann, model, upstream: "ollama", hits: 1, question: null, embedding: null }]);
    await flushCalls();
    const stored = await gateway.database.db.select({ cache: calls.cache }).from(calls).where(eq(calls.ownerId, ann)).orderBy(calls.id);
    expect(stored).toEqual([{ cache: "miss" }, { cache: "hit" }]);
    await gateway.database.db.delete(modelSettings);
    await loadModelSettings();
  });

  test("a call with chance in it goes to the host each time, unless its key or model wants otherwise", async () => {
    const twice = async (given: Partial<Parameters<typeof askAs>[0]>) => {
      await askAs({ userId: ann, ...given });
      return cacheOf(await askAs({ userId: ann, ...given }));
    };
    expect(await twice({ temperature: undefined })).toBe("off");
    expect(await twice({ temperature: 0.7, context: { key: await aKey(ann, { cache: "deterministic" }) } })).toBe("off");
    expect(await twice({ temperature: 0.7, seed: 1 })).toBe("hit");
    expect(await twice({ temperature: 0.7, context: { key: await aKey(ann) } })).toBe("hit");
    expect(await twice({ context: { key: await aKey(ann, { cache: "off" }) } })).toBe("off");
    expect(await twice({ context: { userId: null } })).toBe("off");
    expect(await twice({ context: { purpose: "title", key: await aKey(ann) } })).toBe("off");
    await theModel(model, { cacheAlways: true });
    expect(await twice({ temperature: undefined })).toBe("hit");
    await gateway.database.db.delete(modelSettings);
    await loadModelSettings();
    setCacheMb("0");
    expect(await twice({})).toBe("off");
  });

  test("nobody is given another's answer, however equal the calls, and one key not what another's hosts gave", async () => {
    const asked = await reaching(async () => {
      await Promise.all([ann, bob].map((userId) => askAs({ userId })));
      for (const userId of [ann, bob]) expect(cacheOf(await askAs({ userId }))).toBe("hit");
      expect(cacheOf(await askAs({ userId: ann, context: { key: await aKey(ann, { upstreams: ["ollama"] }) } }))).toBe("miss");
    });
    expect(asked).toBe(3);
    expect((await rows()).map(({ scope }) => scope).sort()).toEqual([ann, ann, bob].sort());
  });

  test("keys that an admin lets share their cache are given each other's answers, and nobody else is", async () => {
    const shared = { context: { key: await aKey(ann, { sharesCache: true }) } };
    await askAs({ userId: ann, ...shared });
    expect(cacheOf(await askAs({ userId: bob, context: { key: await aKey(bob, { sharesCache: true }) } }))).toBe("hit");
    expect(cacheOf(await askAs({ userId: bob }))).toBe("miss");
    expect(cacheOf(await askAs({ userId: ann }))).toBe("miss");
  });

  test("an answer outlives the process, but not its lifetime", async () => {
    await askAs({ userId: ann });
    await flushCache();
    clearProcessGlobal("cache-memory");
    expect(cacheOf(await askAs({ userId: ann }))).toBe("hit");
    await gateway.database.db.update(cacheEntries).set({ expiresAt: sql`now() - interval '1 second'` });
    clearProcessGlobal("cache-memory");
    expect(cacheOf(await askAs({ userId: ann }))).toBe("miss");
  });

  test("one that asks for a fresh answer gets it, and later ones get that", async () => {
    await host.behave({ nextReplies: ["old", "new"] });
    const asked = [await askAs({ userId: ann }), await askAs({ userId: ann, context: { cache: "skip" } }), await askAs({ userId: ann })];
    expect(asked.map((answer) => [answer.text, cacheOf(answer)])).toEqual([
      ["old", "miss"],
      ["new", "miss"],
      ["new", "hit"],
    ]);
    await flushCache();
    clearProcessGlobal("cache-memory");
    expect((await askAs({ userId: ann })).text).toBe("new");
  });

  test("a reply that failed, was broken off or stopped is not kept", async () => {
    await host.behave({ misbehave: "drop-mid-stream" });
    expect((await askAs({ userId: ann })).failure).toBeDefined();
    await host.behave({ misbehave: "reject-key" });
    expect((await askAs({ userId: ann })).failure).toBeDefined();
    await host.behave({ misbehave: undefined, tokens: 100, intervalMs: 10 });
    const stop = new AbortController();
    const stopped = askAs({
      userId: ann,
      context: { isCollected: false },
      abortSignal: stop.signal,
      onPart: (part) => part.type === "text-delta" && stop.abort(),
    });
    await expect(stopped).rejects.toThrow();
    expect(await rows()).toEqual([]);
    expect(cacheOf(await askAs({ userId: ann }))).toBe("miss");
  });

  test("what another model answered in the place of the one that was asked is not kept", async () => {
    await theModel("openai/gpt-5", { fallbacks: [model] });
    for (let times = 0; times < 2; times++) {
      const { record, failure } = await ask("openai/gpt-5", { temperature: 0, context: { userId: ann } });
      expect(failure).toBeUndefined();
      expect(record).toMatchObject({ model, requestedModel: "openai/gpt-5", cache: "miss" });
    }
    await gateway.database.db.delete(modelSettings);
    await loadModelSettings();
  });

  test("a reply that a filter cut off, that ended for an unknown reason, or that holds a file is not kept", () => {
    const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } } as LanguageModelV4Usage;
    const isKept = (unified: LanguageModelV4FinishReason["unified"], ...parts: LanguageModelV4StreamPart[]) => {
      const plan = { key: `${unified} ${parts.length}`, scope: ann, ownerId: ann, model };
      const finish = { type: "finish" as const, finishReason: { unified, raw: undefined }, usage };
      keepAnswer(plan, { parts: [...parts, finish], upstream: "ollama", asked: null, replaces: false });
      return recallAnswer(plan.key) !== undefined;
    };
    expect((["stop", "length", "tool-calls", "content-filter", "error", "other"] as const).map((reason) => isKept(reason))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isKept("stop", { type: "file", mediaType: "image/png", data: { type: "data", data: "AQ==" } })).toBe(false);
  });

  test("text that Postgres does not take is kept in memory alone, and keeps no other from being stored", async () => {
    await host.behave({ nextReplies: ["zero \0", "fine"] });
    await askAs({ userId: ann, prompt: "odd" });
    await askAs({ userId: ann, prompt: "even" });
    expect(await rows()).toHaveLength(1);
    expect((await askAs({ userId: ann, prompt: "odd" })).text).toBe("zero \0");
  });

  test("answers take no more than their size, the least recently used go first, and those too old before all", async () => {
    const row = (key: string, usedMinutesAgo: number, expiresInS = 60) => ({
      ...{ key, scope: ann, model, upstream: "ollama", parts: [], sizeBytes: 400_000 },
      usedAt: sql`now() - make_interval(mins => ${usedMinutesAgo})`,
      expiresAt: sql`now() + make_interval(secs => ${expiresInS})`,
    });
    await gateway.database.db.insert(cacheEntries).values([row("a", 3), row("b", 1), row("c", 2), row("too old", 0, -1)]);
    setCacheMb("1");
    await Promise.all([tidyCache(), tidyCache()]);
    await tidyCache();
    expect((await rows()).map(({ key }) => key).sort()).toEqual(["b", "c"]);
  });

  test("a replayed answer comes at a reader's pace from its first word, and can be stopped", async () => {
    await host.behave({ nextReplies: ["word ".repeat(400)] });
    await askAs({ userId: ann });
    const stop = new AbortController();
    const seen: string[] = [];
    const startedAt = performance.now();
    let firstMs = Number.NaN;
    const stopped = askAs({
      ...{ userId: ann, abortSignal: stop.signal },
      context: { isCollected: false },
      onPart: (part) => {
        if (part.type !== "text-delta") return;
        if (seen.length === 0) firstMs = performance.now() - startedAt;
        seen.push(part.delta);
        if (seen.length === 5) stop.abort();
      },
    });
    await expect(stopped).rejects.toThrow();
    expect(firstMs).toBeLessThan(2_000);
    expect(seen).toHaveLength(5);
    expect(performance.now() - startedAt).toBeGreaterThan(50);
    await flushCalls();
    const [latest] = await gateway.database.db.select().from(calls).orderBy(sql`${calls.id} desc`).limit(1);
    expect(latest).toMatchObject({ cache: "hit", outcome: "stopped", costUsd: 0 });
  });
});
