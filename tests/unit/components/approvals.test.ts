import type { ToolUIPart } from "ai";
import { expect, test, vi } from "vitest";
import { askedApproval } from "@/components/chat/approvals/asked-approval";
import { decideCall } from "@/components/chat/approvals/decide-call";
import { describeApproval } from "@/components/chat/approvals/describe-approval";
import { editableText, readEdited } from "@/components/chat/approvals/editable-text";
import { withClosedApprovals } from "@/components/chat/approvals/with-closed-approvals";
import { changeConversations } from "@/components/sidebar/conversations-state";
import type { Conversation } from "@/lib/chat/shapes";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { begin, chatPage, end, message, problem, stored, words } from "../../support/chat-page";

const page = chatPage();
const asked = (toolCallId: string): ToolUIPart => ({
  type: "tool-run_command",
  toolCallId,
  state: "approval-requested",
  input: { command: "ls" },
  approval: { id: `approval-${toolCallId}` },
});
const waiting = (status: "awaiting-approval" | "running" = "awaiting-approval"): HearthMessage => {
  const reply = message("a", "assistant", "", { status, parentId: "u", runId: "run" });
  return { ...reply, parts: [...reply.parts, asked("one"), asked("two")] };
};
const question = message("u", "user", "Go");

test("a decision is sent with what was seen, and the reply that goes on is followed", async () => {
  page.answer = ({ method, path }) => {
    if (method === "POST") return Response.json({ id: "next" });
    if (path.endsWith("/stream")) return new Response(begin("a", "next") + words("Done") + end("complete"));
    return stored([question, message("a", "assistant", "", { status: "running", runId: "next", parentId: "u" })]);
  };
  const session = page.open([question, waiting()]);
  const decision = { toolCallId: "one", decision: "approve", input: { command: "ls" } } as const;
  expect(await decideCall(session, "run", decision)).toBeNull();
  expect(page.exchanges[0]).toMatchObject({ method: "POST", path: "/api/v1/runs/run/approvals", body: decision });
  await vi.waitFor(() => expect(page.texts()).toEqual(["Go", "Done"]));
});

test("a decision that did not arrive is to be tried again; one that came too late is told, and the chat shows what was decided", async () => {
  const session = page.open([question, waiting()]);
  const told: string[] = [];
  session.events = { ...session.events, onProblem: (text) => told.push(text) };
  page.answer = () => problem(500, "internal", "Try later.");
  expect(await decideCall(session, "run", { toolCallId: "one", decision: "approve" })).toBe("Try later.");
  expect(told).toEqual([]);
  page.answer = ({ method }) =>
    method === "POST" ? problem(409, "conflict", "Too late.") : stored([question, message("a", "assistant", "Decided")]);
  expect(await decideCall(session, "run", { toolCallId: "one", decision: "approve" })).toBeNull();
  expect(told).toEqual(["Too late."]);
  expect(page.texts()).toEqual(["Go", "Decided"]);
});

test("what happens to a reply that waits is loaded, also when it is told of the run that is known", async () => {
  page.answer = () => stored([question, message("a", "assistant", "Stopped elsewhere", { status: "stopped" })]);
  const session = page.open([question, waiting()]);
  session.hear({ type: "run-ended", conversationId: "chat", runId: "run", status: "awaiting-approval" });
  expect(page.exchanges).toEqual([]);
  session.hear({ type: "run-ended", conversationId: "chat", runId: "run", status: "stopped" });
  await vi.waitFor(() => expect(page.texts()).toEqual(["Go", "Stopped elsewhere"]));
});

test("only calls of a reply that waits can be decided, and the first of them by shortcut", () => {
  const reply = waiting();
  const at = reply.parts.length - 2;
  expect(askedApproval(reply, at)).toEqual({ runId: "run", hasShortcut: true });
  expect(askedApproval(reply, at + 1)).toEqual({ runId: "run", hasShortcut: false });
  expect(askedApproval(waiting("running"), at)).toEqual({ runId: undefined, hasShortcut: true });
  const [, closed] = withClosedApprovals([question, reply]);
  expect(closed && askedApproval(closed, at)).toBeUndefined();
  expect(closed?.parts.at(-1)).toMatchObject({ state: "output-denied", approval: { approved: false } });
  const calm = [question, message("a", "assistant", "Hi")];
  expect(withClosedApprovals(calm)).toBe(calm);
});

test("a lone text is edited as it is, anything else as JSON, and what is no object is no input", () => {
  expect(editableText({ command: "a\nb" })).toBe("a\nb");
  expect(readEdited("ls -l", { command: "ls" })).toEqual({ command: "ls -l" });
  const two = { to: "x", count: 2 };
  expect(readEdited(editableText(two), two)).toEqual(two);
  expect(readEdited("[1]", two)).toBeNull();
  expect(readEdited("{", two)).toBeNull();
});

test("a call says how it came to be made", () => {
  const said = (approval: object) => describeApproval({ approval: { id: "1", ...approval } as ToolUIPart["approval"] });
  expect(said({ approved: true })).toBe("You approved it.");
  expect(said({ approved: true, descriptor: { proposed: {}, remember: "conversation" } })).toBe(
    "You changed and approved it, and allowed it always in this chat.",
  );
  expect(said({ approved: false, reason: "No." })).toBe("Rejected. No.");
  expect(said({ approved: true, isAutomatic: true })).toBe("Always allowed in this chat.");
});

test("the list shows that a chat waits, until its run goes on or is stopped", () => {
  const item = { id: "c", activeRunId: "run", waitingRunId: null, updatedAt: "" } as unknown as Conversation;
  const ended = (status: string) => ({ type: "run-ended", conversationId: "c", runId: "run", status }) as const;
  const first = (state: { items: Conversation[] }) => [state.items[0]?.activeRunId, state.items[0]?.waitingRunId];
  const waits = changeConversations({ items: [item], nextCursor: null }, ended("awaiting-approval"));
  expect(first(waits)).toEqual([null, "run"]);
  expect(first(changeConversations(waits, { type: "run-started", conversationId: "c", runId: "next" }))).toEqual(["next", null]);
  expect(first(changeConversations(waits, ended("stopped")))).toEqual([null, null]);
});
