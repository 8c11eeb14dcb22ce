import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { activateModel } from "@/lib/gateway/embedded/activate-model";
import { embeddedState } from "@/lib/gateway/embedded/embedded-state";
import { embeddedLanguageModel } from "@/lib/gateway/embedded/language-model";
import { stopEmbedded } from "@/lib/gateway/embedded/stop-embedded";
import { chatModelFile } from "@/tests/support/models";

// A processor that others use too can be many times slower at this.
vi.setConfig({ testTimeout: 120_000 });

type Prompt = LanguageModelV4CallOptions["prompt"];

const ask = (text: string): Prompt => [{ role: "user", content: [{ type: "text", text }] }];
const steady = { temperature: 0, seed: 1 };

async function collect(options: LanguageModelV4CallOptions, onText: (text: string) => void = () => {}) {
  const { stream } = await embeddedLanguageModel().doStream(options);
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of stream) {
    parts.push(part);
    if (part.type === "text-delta") onText(part.delta);
  }
  return { parts, text: textOf(parts) };
}

const textOf = (parts: LanguageModelV4StreamPart[]) => parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");

async function generate(options: LanguageModelV4CallOptions) {
  const result = await embeddedLanguageModel().doGenerate(options);
  const text = result.content.map((part) => (part.type === "text" ? part.text : "")).join("");
  return { ...result, text };
}

describe.skipIf(!chatModelFile)("a real model", () => {
  beforeAll(() => activateModel(chatModelFile ?? "", "data-folder"));
  afterAll(stopEmbedded);

  test("answers in streamed pieces, as one block of text, and ends with real token counts", async () => {
    const { parts, text } = await collect({ prompt: ask("Write one sentence about the sea."), maxOutputTokens: 60, ...steady });
    expect(text.length).toBeGreaterThan(20);
    expect(parts.filter((part) => part.type === "text-delta").length).toBeGreaterThan(3);
    expect(parts.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
      "stream-start",
      "text-start",
      "text-delta",
      "text-end",
      "finish",
    ]);
    const finish = parts.at(-1);
    expect(finish).toMatchObject({
      type: "finish",
      usage: { inputTokens: { total: expect.any(Number) }, outputTokens: { total: expect.any(Number) } },
    });
    if (finish?.type === "finish") {
      expect(finish.usage.inputTokens.total).toBeGreaterThan(8);
      expect(finish.usage.outputTokens.total).toBeGreaterThan(5);
      expect(finish.usage.outputTokens.total).toBeLessThanOrEqual(60);
    }
  });

  test("the same seed gives the same reply and another seed another", async () => {
    const prompt = ask("Invent a name for a ship and say why.");
    const write = async (seed: number) => (await generate({ prompt, maxOutputTokens: 25, temperature: 1.2, topP: 0.95, seed })).text;
    const first = await write(7);
    expect(await write(7)).toBe(first);
    expect(await write(8)).not.toBe(first);
  });

  test("max tokens is kept to and reported as length; a stop sequence ends the reply before it", async () => {
    const cut = await generate({ prompt: ask("Tell me a long story."), maxOutputTokens: 10, ...steady });
    expect(cut.finishReason.unified).toBe("length");
    expect(cut.usage.outputTokens.total).toBe(10);
    const whole = await generate({ prompt: ask("Tell me a long story."), maxOutputTokens: 60, ...steady });
    const word = whole.text.split(" ")[8] ?? "";
    const stopped = await generate({ prompt: ask("Tell me a long story."), maxOutputTokens: 60, stopSequences: [word], ...steady });
    expect(stopped.finishReason.unified).toBe("stop");
    expect(stopped.text).toBe(whole.text.slice(0, whole.text.indexOf(word)));
  });

  test("a prompt that ends with the assistant's text is gone on from, not started over", async () => {
    const question = ask("Tell me a story about a fox.");
    const whole = await generate({ prompt: question, maxOutputTokens: 40, ...steady });
    const half = whole.text.slice(0, whole.text.indexOf(" ", 60));
    const rest = await generate({
      prompt: [...question, { role: "assistant", content: [{ type: "text", text: half }] }],
      maxOutputTokens: 20,
      ...steady,
    });
    expect(rest.text).toMatch(/^\s/);
    expect(rest.text).not.toContain("<|im_start|>");
    expect(rest.text.trim().slice(0, 12)).not.toBe(whole.text.trim().slice(0, 12));
    const counting: Prompt = [...ask("Count."), { role: "assistant", content: [{ type: "text", text: "1, 2, 3, 4, 5," }] }];
    expect((await generate({ prompt: counting, maxOutputTokens: 4, ...steady })).text).toMatch(/^ ?6/);
  });

  test("the next turn of a chat evaluates only what is new", async () => {
    const first: Prompt = [
      { role: "system", content: "You are a helpful assistant who answers in short sentences and likes to talk about the sea." },
      ...ask("What is a boat?"),
    ];
    const reply = await generate({ prompt: first, maxOutputTokens: 30, ...steady });
    const next: Prompt = [...first, { role: "assistant", content: [{ type: "text", text: reply.text }] }, ...ask("And a ship?")];
    const { usage } = await generate({ prompt: next, maxOutputTokens: 5, ...steady });
    expect(usage.inputTokens.cacheRead).toBeGreaterThan((reply.usage.inputTokens.total ?? 0) - 5);
    expect((usage.inputTokens.noCache ?? 0) + (usage.inputTokens.cacheRead ?? 0)).toBe(usage.inputTokens.total);
  });

  test("a JSON schema is kept to, whatever the model would rather say", async () => {
    const schema = {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object" as const,
      properties: {
        city: { type: "string" as const, maxLength: 20 },
        size: { enum: ["small", "large"] },
        old: { type: ["boolean" as const, "null" as const] },
      },
      required: ["city", "size"],
      additionalProperties: false,
    };
    const { text } = await generate({
      prompt: ask("Tell me about Paris."),
      maxOutputTokens: 120,
      responseFormat: { type: "json", schema },
      ...steady,
    });
    const value = JSON.parse(text);
    expect(Object.keys(value)).toEqual(["city", "size", "old"]);
    expect(["small", "large"]).toContain(value.size);
    expect(value.city.length).toBeLessThanOrEqual(20);
  });

  test("stopping in mid-reply fails with the caller's reason and frees the model for the next at once", async () => {
    const stop = new AbortController();
    let stoppedAt = 0;
    const stopped = collect(
      { prompt: ask("Tell me a very long story about a fox and a bear."), abortSignal: stop.signal, ...steady },
      (text) => {
        if (stoppedAt > 0 || text === "") return;
        stoppedAt = performance.now();
        stop.abort(new Error("stopped by the person"));
      },
    );
    await expect(stopped).rejects.toThrow("stopped by the person");
    await expect.poll(() => embeddedState().worker.state, { timeout: 2_000, interval: 5 }).toBe("ready");
    expect(performance.now() - stoppedAt).toBeLessThan(2_000);
  });

  test("stopping while a long prompt is still being read frees the model long before it is read", async () => {
    const stop = new AbortController();
    const long = collect({
      prompt: ask(`${"The quick brown fox jumps over the lazy dog. ".repeat(300)} Summarise.`),
      abortSignal: stop.signal,
      ...steady,
    });
    await new Promise((resolve) => setTimeout(resolve, 600));
    const stoppedAt = performance.now();
    stop.abort(new Error("stopped"));
    await expect(long).rejects.toThrow("stopped");
    await expect.poll(() => embeddedState().worker.state, { timeout: 3_000, interval: 5 }).toBe("ready");
    expect(performance.now() - stoppedAt).toBeLessThan(2_000);
  });

  test("a reader that goes away ends the reply", async () => {
    const { stream } = await embeddedLanguageModel().doStream({ prompt: ask("Tell me a very long story."), ...steady });
    const reader = stream.getReader();
    for (let part = await reader.read(); part.value?.type !== "text-delta"; ) part = await reader.read();
    await reader.cancel();
    await expect.poll(() => embeddedState().worker.state, { timeout: 1_000 }).toBe("ready");
  });

  test("chats take turns in the order they came, each told how many are ahead, and one that gives up leaves the queue", async () => {
    const order: string[] = [];
    const positions: number[] = [];
    const giveUp = new AbortController();
    const say = (name: string, options: Partial<LanguageModelV4CallOptions> = {}, onPosition?: (ahead: number) => void) =>
      embeddedLanguageModel({ onPosition })
        .doGenerate({ prompt: ask(`Say ${name}.`), maxOutputTokens: 15, ...steady, ...options })
        .then(() => order.push(name));
    const first = say("one");
    const leaving = say("two", { abortSignal: giveUp.signal });
    const last = say("three", {}, (ahead) => positions.push(ahead));
    await expect.poll(() => embeddedState().worker.waiting).toBe(2);
    giveUp.abort(new Error("gave up"));
    await expect(leaving).rejects.toThrow("gave up");
    await Promise.all([first, last]);
    expect(order).toEqual(["one", "three"]);
    expect(positions).toEqual([2, 1]);
  });

  test("a conversation that does not fit is refused and named as too long, never cut silently", async () => {
    const long = "word ".repeat(5_000);
    await expect(generate({ prompt: ask(long), ...steady })).rejects.toMatchObject({
      reason: "context_too_long",
      message: expect.stringMatching(/ tokens; the embedded model takes 40\d\d\. Start a new chat/),
    });
    const { parts } = await collect({ prompt: ask(long), ...steady });
    expect(parts.at(-1)).toMatchObject({ type: "error", error: { reason: "context_too_long" } });
  });

  test("tools and pictures are warned about, not silently dropped", async () => {
    const { warnings } = await generate({
      prompt: [
        {
          role: "user",
          content: [
            { type: "text", text: "Hello" },
            { type: "file", mediaType: "image/png", data: { type: "data", data: "aGk=" } },
          ],
        },
      ],
      tools: [{ type: "function", name: "x", inputSchema: { type: "object" } }],
      maxOutputTokens: 3,
    });
    expect(warnings).toMatchObject([{ feature: "files of type image/png" }, { feature: "tools" }]);
  });
});
