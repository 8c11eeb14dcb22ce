import { expect, test } from "vitest";
import { anthropicWire } from "@/lib/gateway/wire/anthropic";
import { googleWire } from "@/lib/gateway/wire/google";
import { ollamaWire } from "@/lib/gateway/wire/ollama";
import { openaiWire } from "@/lib/gateway/wire/openai";
import type { Seen, WireFormat } from "@/lib/gateway/wire/wire-format";

const tells = (wire: WireFormat, json: unknown): Seen => {
  const { hasContent, isEnd, error } = wire.read(json);
  return { ...(hasContent && { hasContent }), ...(isEnd && { isEnd }), ...(error !== undefined && { error }) };
};

test.each([
  [ollamaWire, { message: { content: "" }, done: false }, {}],
  [ollamaWire, { message: { content: "a" }, done: false }, { hasContent: true }],
  [ollamaWire, { message: { thinking: "a" } }, { hasContent: true }],
  [ollamaWire, { message: { tool_calls: [{ function: {} }] } }, { hasContent: true }],
  [ollamaWire, { done: true }, { isEnd: true }],
  [ollamaWire, { error: "boom" }, { error: "boom" }],
  [openaiWire, { choices: [{ delta: { role: "assistant", content: "" } }] }, {}],
  [openaiWire, { choices: [{ delta: { reasoning: "a" } }] }, { hasContent: true }],
  [openaiWire, { choices: [{ delta: {}, finish_reason: "length" }] }, { isEnd: true }],
  [openaiWire, { choices: [], usage: {} }, {}],
  [openaiWire, { error: { message: "boom", code: 1 } }, { error: "boom" }],
  [anthropicWire, { type: "content_block_start", content_block: { type: "text", text: "" } }, {}],
  [anthropicWire, { type: "content_block_start", content_block: { type: "tool_use" } }, { hasContent: true }],
  [anthropicWire, { type: "content_block_delta", delta: { type: "text_delta", text: "a" } }, { hasContent: true }],
  [anthropicWire, { type: "message_delta", delta: { stop_reason: "end_turn" } }, {}],
  [anthropicWire, { type: "message_stop" }, { isEnd: true }],
  [anthropicWire, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, { error: "Overloaded" }],
  [googleWire, { candidates: [{ content: { parts: [{ text: "a" }] } }] }, { hasContent: true }],
  [googleWire, { candidates: [{ finishReason: "STOP" }] }, { isEnd: true }],
  [googleWire, { promptFeedback: { blockReason: "SAFETY" } }, { isEnd: true }],
  [googleWire, { error: { message: "boom" } }, { error: "boom" }],
])("%# an event is read for what it tells", (wire, json, seen) => {
  expect(tells(wire, json)).toEqual(seen);
});

test.each([ollamaWire, openaiWire, anthropicWire, googleWire])("%# what is no JSON object is refused", (wire) => {
  for (const json of [null, 1, "text", []]) expect(() => wire.read(json)).toThrow();
});
