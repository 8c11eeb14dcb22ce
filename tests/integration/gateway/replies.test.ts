import { generateText, streamText } from "ai";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { languageModel } from "@/lib/gateway/language-model";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { ask, bootGateway, setHosts } from "../../support/gateway";
import { hostKinds } from "../../support/host-kinds";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
beforeAll(async () => {
  gateway = await bootGateway({});
});
afterAll(() => gateway.close());

describe.each(hostKinds)("$kind", ({ fake, id, environment }) => {
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
    const tool = { type: "function" as const, name: "calculator", inputSchema: { type: "object" as const } };
    const { parts } = await ask(id, { tools: [tool] });
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
});

test("a model that thinks is asked to, and one that cannot is not", async () => {
  const upstream = await fakeOllama({ models: [{ name: "thinker:1b", capabilities: ["completion", "thinking"], contextLength: 4_096 }] });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  await ask("ollama/thinker:1b");
  expect(upstream.chats[0]?.body).toMatchObject({ think: true, options: { num_ctx: 4_096 } });
  await upstream.close();
});
