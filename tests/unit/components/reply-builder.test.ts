import type { UIMessageChunk } from "ai";
import { expect, test } from "vitest";
import { describePlace } from "@/components/chat/describe-place";
import { ReplyBuilder } from "@/components/chat/reply-builder";
import { readReply } from "@/components/chat/reply-stream";

const metadata = {
  conversationId: "c",
  runId: "r",
  parentId: "p",
  siblings: ["m"],
  status: "running",
  createdAt: "2026-01-01T00:00:00.000Z",
};
const start = { type: "start", messageId: "m", messageMetadata: metadata } as const;

function built(chunks: UIMessageChunk[]) {
  const reply = new ReplyBuilder(start);
  for (const chunk of chunks) reply.apply(chunk);
  return reply.message();
}

/** A body that arrives in pieces of `size` bytes, cut wherever they happen to be. */
function bodyOf(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
}

async function allOf(text: string, size: number): Promise<UIMessageChunk[]> {
  const chunks: UIMessageChunk[] = [];
  for await (const chunk of readReply(bodyOf(text, size))) chunks.push(chunk);
  return chunks;
}

test("text and reasoning grow in the order they began, though their deltas come mixed", () => {
  const { parts } = built([
    { type: "start-step" },
    { type: "reasoning-start", id: "1" },
    { type: "reasoning-delta", id: "1", delta: "Let me " },
    { type: "text-start", id: "1" },
    { type: "text-delta", id: "1", delta: "He" },
    { type: "reasoning-delta", id: "1", delta: "think." },
    { type: "text-delta", id: "1", delta: "llo" },
  ]);
  expect(parts).toMatchObject([{ type: "step-start" }, { type: "reasoning", text: "Let me think." }, { type: "text", text: "Hello" }]);
});

test("a tool's card keeps its place and its input when the answer comes", () => {
  const { parts } = built([
    { type: "tool-input-available", toolCallId: "a", toolName: "calculator", input: { expression: "1+1" } },
    { type: "tool-input-available", toolCallId: "b", toolName: "current_time", input: {} },
    { type: "tool-output-error", toolCallId: "b", errorText: "No such zone." },
    { type: "tool-output-available", toolCallId: "a", output: { result: "2" } },
  ]);
  expect(parts).toMatchObject([
    { type: "tool-calculator", state: "output-available", input: { expression: "1+1" }, output: { result: "2" } },
    { type: "tool-current_time", state: "output-error", errorText: "No such zone." },
  ]);
});

test("the end's metadata adds to the start's, and what it leaves out stays", () => {
  const message = built([{ type: "finish", messageMetadata: { status: "complete", model: "local/small", usage: undefined } }]);
  expect(message.metadata).toMatchObject({ parentId: "p", siblings: ["m"], status: "complete", model: "local/small" });
});

test.each([1, 2, 7, 1000])("a stream cut every %i bytes gives the same chunks, whole characters included", async (size) => {
  const chunks = [start, { type: "text-start", id: "1" }, { type: "text-delta", id: "1", delta: "Grüße 👋\n\nzwei" }];
  const text = `: run\n\n${chunks.map((chunk, seq) => `id: ${seq}\ndata: ${JSON.stringify(chunk)}\n\n`).join("")}: still here\n\ndata: [DONE]\n\n`;
  expect(await allOf(text, size)).toEqual(chunks);
});

test("nothing after the end mark is read", async () => {
  expect(await allOf('data: [DONE]\n\ndata: {"type":"start"}\n\n', 100)).toEqual([]);
});

test("the place in line is shown while the reply waits, and is no part of it", () => {
  const waiting: UIMessageChunk[] = [{ type: "data-queue", data: 3, transient: true }];
  expect(built(waiting)).toMatchObject({ parts: [], metadata: { queuePosition: 3 } });
  const letIn = built([...waiting, { type: "data-queue", data: 0, transient: true }]);
  expect(letIn.parts).toEqual([]);
  expect(letIn.metadata?.queuePosition).toBeUndefined();
});

test("places are told in words", () => {
  expect([1, 2, 3, 4, 11, 12, 21, 102].map(describePlace).map((words) => words.replace(/^.*: | in line$/g, ""))).toEqual([
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "21st",
    "102nd",
  ]);
});
