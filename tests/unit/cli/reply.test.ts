import { expect, test } from "vitest";
import { checkReply } from "../../../cli/reply/check-reply";
import { replyReader } from "../../../cli/reply/reply";

const start = { type: "start", messageMetadata: { conversationId: "c", runId: "r" } };
const delta = (text: string) => ({ type: "text-delta", id: "t", delta: text });
const textStart = { type: "text-start", id: "t" };

function readAll(chunks: Record<string, unknown>[]) {
  const { reply, read } = replyReader();
  return { reply, told: chunks.map(read).filter(Boolean) };
}

test("a reply is its words, and what the metadata tell of it", () => {
  const finish = { type: "finish", messageMetadata: { status: "complete", model: "ollama/a", usage: { outputTokens: 2 } } };
  const { reply, told } = readAll([start, textStart, delta("Hel"), delta("lo"), finish]);
  expect(reply).toEqual({
    conversationId: "c",
    runId: "r",
    text: "Hello",
    status: "complete",
    model: "ollama/a",
    usage: { outputTokens: 2 },
  });
  expect(told).toEqual([
    { kind: "text", text: "Hel" },
    { kind: "text", text: "lo" },
  ]);
});

test("when the whole message comes again after a lost connection, only what is new is told", () => {
  const { reply, told } = readAll([start, textStart, delta("Hello w"), start, textStart, delta("Hello world")]);
  expect(reply.text).toBe("Hello world");
  expect(told).toEqual([
    { kind: "text", text: "Hello w" },
    { kind: "text", text: "orld" },
  ]);
});

test("texts with a tool call between them are paragraphs", () => {
  const call = { type: "tool-input-available", toolCallId: "1", toolName: "calculator", input: {} };
  const { reply, told } = readAll([start, textStart, delta("Let me see."), call, textStart, delta("It is 4.")]);
  expect(reply.text).toBe("Let me see.\n\nIt is 4.");
  expect(told).toContainEqual({ kind: "tool", name: "calculator" });
});

test("a failure is known by its code, or by its words alone", () => {
  const error = { code: "model_unavailable", message: "It is down." };
  const known = readAll([
    start,
    { type: "message-metadata", messageMetadata: { status: "failed", error } },
    { type: "error", errorText: "It is down." },
  ]);
  expect(known.reply).toMatchObject({ status: "failed", error });
  const unknown = readAll([start, { type: "error", errorText: "Something broke." }]);
  expect(unknown.reply).toMatchObject({ status: "failed", error: { code: "internal", message: "Something broke." } });
});

test("thinking, the place in line and notes are told", () => {
  const { told } = readAll([
    { type: "reasoning-start", id: "1" },
    { type: "data-queue", data: 3 },
    { type: "data-note", data: "Left out 2." },
  ]);
  expect(told).toEqual([{ kind: "thinking" }, { kind: "queue", position: "3" }, { kind: "note", note: "Left out 2." }]);
});

test("a reply that waits tells each call as it would be made, and how to decide it; one that was answered waits no more", () => {
  const asked = (id: string) => [
    { type: "tool-input-available", toolCallId: id, toolName: "run_command", input: { command: `ls ${id}` } },
    { type: "tool-approval-request", approvalId: `a-${id}`, toolCallId: id },
  ];
  const finish = { type: "finish", messageMetadata: { status: "awaiting-approval" } };
  const { reply } = readAll([start, ...asked("one"), { type: "tool-output-denied", toolCallId: "one" }, ...asked("two"), finish]);
  expect(reply.waiting).toEqual([{ toolCallId: "two", toolName: "run_command", input: { command: "ls two" } }]);
  expect(() => checkReply(reply)).toThrow(
    [
      "The reply waits for your approval, here or in the browser:",
      '  run_command {"command":"ls two"}',
      "    hearth runs approve r two",
      "    hearth runs reject r two",
    ].join("\n"),
  );
});
