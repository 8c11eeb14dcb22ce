import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import { readAnswer } from "@/lib/gateway/openai/read-answer";
import { chunkWriter } from "@/lib/gateway/openai/to-chunks";
import { toCompletion } from "@/lib/gateway/openai/to-completion";

const name = { id: "chatcmpl-1", created: 7, model: 'ollama/"odd"' };
const counts = { input: 5, output: 3, cached: 2, reasoning: 1 };
const usage = {
  inputTokens: { total: 5, noCache: 3, cacheRead: 2, cacheWrite: undefined },
  outputTokens: { total: 3, text: 2, reasoning: 1 },
};
const finish = (unified: Extract<Part, { type: "finish" }>["finishReason"]["unified"]): Part => ({
  type: "finish",
  finishReason: { unified, raw: undefined },
  usage,
});

function write(parts: Part[], includeUsage = false) {
  const writer = chunkWriter({ ...name, ...(includeUsage && { counts: () => counts }) });
  const text = writer.start() + parts.map((part) => writer.part(part)).join("") + writer.end();
  const events = text.split("\n\n").filter(Boolean);
  expect(events.pop()).toBe("data: [DONE]");
  return events.map((event) => JSON.parse(event.replace(/^data: /, "")));
}

const deltas = (parts: Part[]) => write(parts).map(({ choices }) => choices[0].delta);

describe("chunks", () => {
  test("carry text and thoughts whatever is in them, each under the same id, time and model", () => {
    const text = 'a"b\\\n\u2028\u0000\ud83d\ude00 data: [DONE]\n\n';
    const chunks = write([
      { type: "stream-start", warnings: [] },
      { type: "reasoning-delta", id: "r", delta: "hm\n\n" },
      { type: "text-delta", id: "t", delta: text },
      { type: "text-delta", id: "t", delta: "" },
      finish("stop"),
    ]);
    expect(chunks.map(({ choices }) => choices[0].delta)).toEqual([
      { role: "assistant", content: "", refusal: null },
      { reasoning_content: "hm\n\n" },
      { content: text },
      {},
    ]);
    for (const chunk of chunks) expect(chunk).toMatchObject({ ...name, object: "chat.completion.chunk", choices: [{ index: 0 }] });
    expect(chunks.map(({ choices }) => choices[0].finish_reason)).toEqual([null, null, null, "stop"]);
  });

  test("number the calls, and complete arguments that were not streamed", () => {
    const calls = deltas([
      { type: "tool-input-start", id: "a", toolName: "one" },
      { type: "tool-input-delta", id: "a", delta: '{"x":' },
      { type: "tool-input-delta", id: "a", delta: "1}" },
      { type: "tool-call", toolCallId: "a", toolName: "one", input: '{"x":1}' },
      { type: "tool-input-start", id: "b", toolName: "two" },
      { type: "tool-call", toolCallId: "b", toolName: "two", input: "{}" },
      { type: "tool-call", toolCallId: "c", toolName: "three", input: '{"y":2}' },
      { type: "tool-call", toolCallId: "d", toolName: "theirs", input: "{}", providerExecuted: true },
    ]).flatMap((delta) => delta.tool_calls ?? []);
    const joined = [0, 1, 2, 3].map((index) =>
      calls
        .filter((call) => call.index === index)
        .map((call) => call.function.arguments)
        .join(""),
    );
    expect(joined).toEqual(['{"x":1}', "{}", '{"y":2}', ""]);
    expect(calls.filter(({ id }) => id)).toMatchObject([
      { index: 0, id: "a", type: "function", function: { name: "one" } },
      { index: 1, id: "b", function: { name: "two" } },
      { index: 2, id: "c", function: { name: "three" } },
    ]);
  });

  test.each([
    ["stop", false, "stop"],
    ["stop", true, "tool_calls"],
    ["tool-calls", true, "tool_calls"],
    ["length", true, "length"],
    ["content-filter", false, "content_filter"],
    ["other", false, "stop"],
  ] as const)("end a reply that ended by %s (with a call: %s) with %s", (unified, hasCall, reason) => {
    const call: Part[] = hasCall ? [{ type: "tool-call", toolCallId: "a", toolName: "t", input: "{}" }] : [];
    expect(write([...call, finish(unified)]).at(-1).choices[0].finish_reason).toBe(reason);
    expect(toCompletion(readAnswer([...call, finish(unified)]), name, counts).choices[0]?.finish_reason).toBe(reason);
  });

  test("tell the counts only when asked, in a chunk without choices", () => {
    expect(write([finish("stop")], true).at(-1)).toEqual({
      ...{ ...name, object: "chat.completion.chunk", choices: [] },
      usage: {
        ...{ prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
        ...{ prompt_tokens_details: { cached_tokens: 2 }, completion_tokens_details: { reasoning_tokens: 1 } },
      },
    });
    expect(write([finish("stop")]).some((chunk) => "usage" in chunk)).toBe(false);
  });

  test("carry the log probabilities of their own words and of no others", () => {
    const raw = (token: string): Part => ({ type: "raw", rawValue: { choices: [{ logprobs: { content: [{ token }] } }] } });
    const chunks = write([
      raw("a"),
      { type: "text-delta", id: "t", delta: "a" },
      { type: "raw", rawValue: null },
      { type: "text-delta", id: "t", delta: "b" },
    ]);
    expect(chunks.map(({ choices }) => choices[0].logprobs)).toEqual([null, { content: [{ token: "a" }], refusal: null }, null]);
  });
});

test("a whole completion with calls has no content, and with text has no calls", () => {
  const called = toCompletion(
    readAnswer([{ type: "tool-call", toolCallId: "a", toolName: "t", input: "{}" }, finish("tool-calls")]),
    name,
    counts,
  );
  expect(called.choices[0]?.message).toEqual({
    role: "assistant",
    content: null,
    refusal: null,
    tool_calls: [{ id: "a", type: "function", function: { name: "t", arguments: "{}" } }],
  });
  const spoken = toCompletion(readAnswer([{ type: "text-delta", id: "t", delta: "Hi" }, finish("stop")]), name, counts);
  expect(spoken.choices[0]?.message).toEqual({ role: "assistant", content: "Hi", refusal: null });
});
