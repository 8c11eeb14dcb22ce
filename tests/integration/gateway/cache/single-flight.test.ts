import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cacheEntries } from "@/db/schema/gateway";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { cacheCounts } from "@/lib/gateway/cache/cache-counts";
import { flushCache } from "@/lib/gateway/cache/stored-answers";
import type { CallRecord } from "@/lib/gateway/call-record";
import { askAs, cacheOf, model } from "@/tests/support/cache";
import { aUser } from "@/tests/support/chat";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { bootGateway } from "@/tests/support/gateway";
import { theModel } from "@/tests/support/policy";

describe("equal calls at once", () => {
  let host: FakeHost;
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  let userId: string;

  beforeAll(async () => {
    host = await fakeOllama();
    gateway = await bootGateway({ OLLAMA_BASE_URL: host.url });
    userId = await aUser();
    await theModel(model, { inputUsdPerMTok: 1_000, outputUsdPerMTok: 1_000 });
  });
  afterAll(async () => {
    await gateway.close();
    await host.close();
  });
  beforeEach(async () => {
    await flushCache();
    clearProcessGlobal("cache-memory");
    clearProcessGlobal("cache-counts");
    await gateway.database.db.delete(cacheEntries);
    await host.behave({ misbehave: undefined, tokens: 5, intervalMs: 0, firstTokenMs: undefined });
    host.requests.length = 0;
  });

  const hundred = (work: (index: number) => ReturnType<typeof askAs>) =>
    Promise.all(Array.from({ length: 100 }, (_, index) => work(index)));
  const aStream = { context: { isCollected: false } };

  test("are one call to the host, whose parts each gets as they come; one pays, the others do not", async () => {
    await host.behave({ tokens: 20, intervalMs: 10 });
    const sentAtFirst: number[] = [];
    const answers = await hundred((index) => {
      let isFirst = true;
      const onPart = (part: LanguageModelV4StreamPart) => {
        if (part.type === "text-delta" && isFirst) sentAtFirst[index] = host.tokensSent;
        if (part.type === "text-delta") isFirst = false;
      };
      return askAs({ userId, ...aStream, onPart });
    });
    expect(host.chats).toHaveLength(1);
    expect(new Set(answers.map(({ parts }) => JSON.stringify(parts))).size).toBe(1);
    expect(answers[0]?.text).toMatch(/^tok0 .* tok19 $/);
    expect(Math.max(...sentAtFirst)).toBeLessThan(20);
    const paid = answers.filter(({ record }) => record && record.costUsd > 0);
    expect(paid.map(cacheOf)).toEqual(["miss"]);
    expect(answers.filter((answer) => cacheOf(answer) === "hit")).toHaveLength(99);
    for (const { record } of answers)
      expect(record).toMatchObject({ outcome: "complete", inputTokens: 11, outputTokens: 20, upstream: "ollama" });
    expect(cacheCounts().get(model)).toEqual({ hits: 99, misses: 1 });
  });

  test("go on when the one that began goes away, before the first word or after it, and the next pays", async () => {
    for (const firstTokenMs of [100, 0]) {
      await host.behave({ tokens: 10, intervalMs: 10, firstTokenMs });
      const prompt = `Wait ${firstTokenMs} ms.`;
      const stop = new AbortController();
      let left: CallRecord | undefined;
      const onCall = (record: CallRecord) => {
        left = record;
      };
      const leader = askAs({ userId, prompt, abortSignal: stop.signal, context: { isCollected: false, onCall } });
      const others = [askAs({ userId, prompt, ...aStream }), askAs({ userId, prompt, ...aStream })];
      leader.catch(() => {});
      if (firstTokenMs === 0) await host.afterTokens(3);
      stop.abort(new Error("gone"));
      await expect(leader).rejects.toThrow("gone");
      expect(left).toMatchObject({ outcome: "stopped", costUsd: 0 });
      const [heir, other] = await Promise.all(others);
      expect([heir?.record?.outcome, heir?.record?.cache, heir?.record?.costUsd]).toEqual(["complete", "miss", 0.021]);
      expect([other?.record?.outcome, other?.record?.cache, other?.record?.costUsd]).toEqual(["complete", "hit", 0]);
      for (const answer of [heir, other]) expect(answer?.text).toMatch(/^tok0 .* tok9 $/);
      expect(cacheOf(await askAs({ userId, prompt }))).toBe("hit");
    }
    expect(host.chats).toHaveLength(2);
  });

  test("close the host's connection when the last goes away, and what was written is not kept", async () => {
    await host.behave({ tokens: 500, intervalMs: 10 });
    const stops = [new AbortController(), new AbortController()];
    const asked = stops.map(({ signal }) => askAs({ userId, abortSignal: signal, ...aStream }));
    for (const answer of asked) answer.catch(() => {});
    await host.afterTokens(2);
    stops[0]?.abort(new Error("first gone"));
    await expect(asked[0]).rejects.toThrow("first gone");
    expect(await host.closedByClient(50)).toBe(false);
    stops[1]?.abort(new Error("last gone"));
    await expect(asked[1]).rejects.toThrow("last gone");
    expect(await host.closedByClient()).toBe(true);
    await host.behave({ tokens: 1 });
    expect(cacheOf(await askAs({ userId }))).toBe("miss");
  });

  test("all fail when the host does before it says anything, and the next asks again", async () => {
    await host.behave({ misbehave: "reject-key", firstTokenMs: 50 });
    const answers = await hundred(() => askAs({ userId }));
    expect(new Set(answers.map(({ failure }) => failure)).size).toBe(1);
    expect(answers.map(({ record }) => record?.outcome)).toEqual(Array.from({ length: 100 }, () => "failed"));
    expect(host.chats).toHaveLength(1);
    await host.behave({ misbehave: undefined });
    expect(await askAs({ userId })).toMatchObject({ failure: undefined, record: { cache: "miss" } });
  });

  test("all are told when the host breaks off in the middle, after what it wrote", async () => {
    await host.behave({ misbehave: "drop-mid-stream" });
    const answers = await hundred(() => askAs({ userId }));
    expect(new Set(answers.map(({ text, failure }) => `${text} ${failure?.reason}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ text: "tok0 tok1 ", failure: { reason: "broke_off" } });
  });

  test("one that comes late gets the whole reply, from its beginning", async () => {
    await host.behave({ tokens: 20, intervalMs: 10 });
    const first = askAs({ userId, ...aStream });
    await host.afterTokens(10);
    const late = await askAs({ userId, ...aStream });
    expect(late.text).toBe((await first).text);
    expect(late.record).toMatchObject({ cache: "hit", outputTokens: 20 });
  });

  test("a thousand calls over a hundred questions are a hundred calls to the host", async () => {
    const asked = Array.from({ length: 1_000 }, (_, index) => `Question ${(index * 7) % 100}`);
    const answers = [];
    for (let at = 0; at < asked.length; at += 250)
      answers.push(...(await Promise.all(asked.slice(at, at + 250).map((prompt) => askAs({ userId, prompt })))));
    expect(answers.every(({ text }) => text.startsWith("tok0 "))).toBe(true);
    expect(answers.filter((answer) => cacheOf(answer) === "hit")).toHaveLength(900);
    expect(host.chats).toHaveLength(100);
  });
});
