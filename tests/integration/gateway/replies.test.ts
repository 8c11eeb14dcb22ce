import { generateText, streamText } from "ai";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { calls } from "@/db/schema/gateway";
import { languageModel } from "@/lib/gateway/language-model";
import { flushCalls } from "@/lib/gateway/save-call";
import { estimateTokens } from "@/lib/gateway/token-estimate";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";
import { ask, bootGateway, setHosts } from "../../support/gateway";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
beforeAll(async () => {
  gateway = await bootGateway({});
});
afterAll(() => gateway.close());

const kinds = [
  {
    kind: "Ollama",
    fake: fakeOllama,
    id: "ollama/llama3.2:3b",
    environment: (url: string): Record<string, string> => ({ OLLAMA_BASE_URL: url }),
  },
  {
    kind: "OpenAI",
    fake: fakeOpenai,
    id: "openai/gpt-5",
    environment: (url: string): Record<string, string> => ({ OPENAI_BASE_URL: url, OLLAMA_BASE_URL: "http://127.0.0.1:47999" }),
  },
];

describe.each(kinds)("$kind", ({ fake, id, environment }) => {
  let upstream: FakeHost;
  beforeEach(async () => {
    upstream = await fake({ tokens: 10 });
    setHosts(environment(upstream.url));
  });
  afterEach(() => upstream.close());

  test("every token arrives once and in order, however fast", async () => {
    await upstream.behave({ tokens: 5_000 });
    const { text, parts } = await ask(id);
    expect(text).toBe(Array.from({ length: 5_000 }, (_, index) => `tok${index} `).join(""));
    expect(parts.filter((part) => part.type === "text-delta").length).toBeLessThan(1_000);
  });

  test("the first token waits for no frame, and tokens further apart than one are passed on one by one", async () => {
    await upstream.behave({ tokens: 5, intervalMs: 60 });
    const arrivals: number[] = [];
    const startedAt = performance.now();
    await ask(id, { onPart: (part) => part.type === "text-delta" && arrivals.push(performance.now() - startedAt) });
    expect(arrivals).toHaveLength(5);
  });

  test("a tool call arrives whole, with its name and its arguments", async () => {
    await upstream.behave({ toolCalls: [{ name: "calculator", input: { expression: "6*7" } }] });
    const { parts } = await ask(id);
    expect(parts).toContainEqual(expect.objectContaining({ type: "tool-call", toolName: "calculator", input: '{"expression":"6*7"}' }));
    expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "tool-calls" } });
  });

  test("reasoning comes as reasoning, before the text and closed before it", async () => {
    await upstream.behave({ reasoning: "let me see", reply: "Four." });
    const { parts, text, reasoning } = await ask(id);
    expect({ text, reasoning }).toEqual({ text: "Four.", reasoning: "let me see" });
    const order = parts.map((part) => part.type).filter((type, index, all) => /text|reasoning/.test(type) && type !== all[index - 1]);
    expect(order).toEqual(["reasoning-start", "reasoning-delta", "reasoning-end", "text-start", "text-delta", "text-end"]);
  });

  test("a call without streaming gives the same reply", async () => {
    await upstream.behave({ reply: "A short title" });
    const { text, usage } = await generateText({
      model: languageModel(id, { userId: null, purpose: "title" }),
      prompt: "Name it",
      maxRetries: 0,
    });
    expect(text).toBe("A short title");
    expect(usage).toMatchObject({ inputTokens: 11, outputTokens: 3 });
  });

  test("a call without streaming fails with the named failure", async () => {
    await upstream.behave({ misbehave: "drop-mid-stream" });
    const model = languageModel(id, { userId: null, purpose: "title" });
    await expect(generateText({ model, prompt: "Name it", maxRetries: 0 })).rejects.toMatchObject({ reason: "broke_off" });
  });

  test("streamText shows the text and then the named failure", async () => {
    await upstream.behave({ misbehave: "drop-mid-stream" });
    const failures: unknown[] = [];
    const step = streamText({
      model: languageModel(id, { userId: null, purpose: "chat" }),
      prompt: "Count",
      maxRetries: 0,
      onError: ({ error }) => void failures.push(error),
    });
    let text = "";
    for await (const part of step.stream) if (part.type === "text-delta") text += part.text;
    expect(text).toBe("tok0 tok1 tok2 tok3 tok4 ");
    expect(failures).toEqual([expect.objectContaining({ reason: "broke_off" })]);
  });

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

test("a model that thinks is asked to, and one that cannot is not", async () => {
  const upstream = await fakeOllama({ models: [{ name: "thinker:1b", capabilities: ["completion", "thinking"], contextLength: 4_096 }] });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  await ask("ollama/thinker:1b");
  expect(upstream.chats[0]?.body).toMatchObject({ think: true, options: { num_ctx: 4_096 } });
  await upstream.close();
});
