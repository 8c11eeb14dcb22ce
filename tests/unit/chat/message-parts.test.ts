import { expect, test } from "vitest";
import { ReplyBuilder } from "@/components/chat/reply-builder";
import type { MessageParts, UiChunk } from "@/db/schema/json";
import { chunksOf, hasContent, MessagePartsBuilder, settleTools, textOf } from "@/lib/chat/message-parts";

function build(chunks: UiChunk[]): MessageParts {
  const builder = new MessagePartsBuilder();
  for (const chunk of chunks) builder.apply(chunk);
  return builder.parts;
}

const reply: UiChunk[] = [
  { type: "start", messageId: "m" },
  { type: "start-step" },
  { type: "reasoning-start", id: "r" },
  { type: "reasoning-delta", id: "r", delta: "Let me " },
  { type: "reasoning-delta", id: "r", delta: "add." },
  { type: "reasoning-end", id: "r" },
  { type: "tool-input-start", toolCallId: "c", toolName: "calculator" },
  { type: "tool-input-available", toolCallId: "c", toolName: "calculator", input: { expression: "1+1" } },
  { type: "tool-output-available", toolCallId: "c", output: { result: "2" } },
  { type: "finish-step" },
  { type: "start-step" },
  { type: "text-start", id: "t" },
  { type: "text-delta", id: "t", delta: "It is " },
  { type: "text-delta", id: "t", delta: "2." },
  { type: "text-end", id: "t" },
  { type: "finish-step" },
  { type: "finish" },
];

test("chunks become the parts a reader sees, in order", () => {
  expect(build(reply)).toEqual([
    { type: "step-start" },
    { type: "reasoning", text: "Let me add.", state: "done" },
    { type: "tool-calculator", toolCallId: "c", state: "output-available", input: { expression: "1+1" }, output: { result: "2" } },
    { type: "step-start" },
    { type: "text", text: "It is 2.", state: "done" },
  ]);
});

test("parts replayed as chunks build the same parts", () => {
  const parts = build(reply);
  expect(build(chunksOf(parts))).toEqual(parts);
});

test("two text parts that stream at once do not mix", () => {
  const parts = build([
    { type: "text-start", id: "a" },
    { type: "text-start", id: "b" },
    { type: "text-delta", id: "b", delta: "second" },
    { type: "text-delta", id: "a", delta: "first" },
  ]);
  expect(textOf(parts)).toBe("first\n\nsecond");
});

test("a tool that never answered is settled as an error, an answered one is left alone", () => {
  const [open, done] = settleTools([
    { type: "tool-x", toolCallId: "1", state: "input-available", input: {} },
    { type: "tool-x", toolCallId: "2", state: "output-available", input: {}, output: 1 },
  ] as MessageParts);
  expect(open).toMatchObject({ state: "output-error", errorText: expect.stringContaining("ended before") });
  expect(done).toMatchObject({ state: "output-available", output: 1 });
});

test("white space alone is no content", () => {
  expect(hasContent({ parts: [{ type: "step-start" }, { type: "text", text: " \n" }] })).toBe(false);
  expect(hasContent({ parts: [{ type: "text", text: "x" }] })).toBe(true);
});

test("what only passes, as the place in a line, is no part of the message", () => {
  const parts = build([
    { type: "data-queue", data: 2, transient: true },
    { type: "data-note", data: "kept" },
    { type: "data-queue", data: 0, transient: true },
  ]);
  expect(parts).toEqual([{ type: "data-note", data: "kept" }]);
});

test("a call keeps how it was asked about and decided, also when it is replayed, and one that was approved is not left to be made again", () => {
  const asked: UiChunk[] = [
    { type: "tool-input-available", toolCallId: "c", toolName: "run_command", input: { command: "ls" } },
    {
      type: "tool-approval-request",
      approvalId: "a",
      toolCallId: "c",
      approvalDescriptor: { askedAt: "now" },
      reason: "In your terminal.",
    },
  ];
  const approved: UiChunk[] = [...asked, { type: "tool-approval-response", approvalId: "a", approved: true }];
  const rejected: UiChunk[] = [...asked, { type: "tool-approval-response", approvalId: "a", approved: false, reason: "No" }];
  const all = [
    [asked, "approval-requested", "approval-requested"],
    [approved, "approval-responded", "output-error"],
    [rejected, "approval-responded", "output-denied"],
    [[...approved, { type: "tool-output-available", toolCallId: "c", output: "x" }], "output-available", "output-available"],
    [[...rejected, { type: "tool-output-denied", toolCallId: "c" }], "output-denied", "output-denied"],
  ] as [UiChunk[], string, string][];
  for (const [chunks, state, settled] of all) {
    const parts = build(chunks);
    expect(parts).toMatchObject([{ state, approval: { id: "a", requestReason: "In your terminal.", descriptor: { askedAt: "now" } } }]);
    expect(build(chunksOf(parts))).toEqual(parts);
    expect(settleTools(parts)).toMatchObject([{ state: settled }]);
    const shown = new ReplyBuilder({ type: "start", messageId: "m" });
    for (const chunk of chunks) shown.apply(chunk);
    expect(shown.message().parts).toEqual(parts);
  }
});
