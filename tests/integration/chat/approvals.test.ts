import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { getRun } from "@/db/queries/runs";
import { decideCall } from "@/lib/chat/approvals/decide-call";
import { forgetAllowance } from "@/lib/chat/approvals/forget-allowance";
import { continueReply } from "@/lib/chat/continue-reply";
import { createConversation } from "@/lib/chat/create-conversation";
import { giveFeedback } from "@/lib/chat/give-feedback";
import { openConversation } from "@/lib/chat/open-conversation";
import { regenerateReply } from "@/lib/chat/regenerate-reply";
import { startRun } from "@/lib/chat/start-run";
import { stopConversation, stopRun } from "@/lib/chat/stop-run";
import { askToCompute, decideAndFollow, riskyCalculator, toolModels, toolPartsOf, withTools } from "../../support/approvals";
import { auditEventsOf } from "../../support/audit";
import { aUser, bootChat, chunksOfRun, lastMessageOf, until } from "../../support/chat";
import { databaseKinds } from "../../support/database";
import { fakeOllama } from "../../support/fake-ollama";

describe.each(databaseKinds)("calls that ask for an approval, on the %s database", (kind) => {
  let upstream: Awaited<ReturnType<typeof fakeOllama>>;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;
  let risky: ReturnType<typeof riskyCalculator>;
  let more: { conversationId: string };

  beforeEach(async () => {
    risky = riskyCalculator();
    upstream = await fakeOllama({ models: toolModels, tokens: 3 });
    app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url });
    ownerId = await aUser();
    // A person's title, so that no model is asked for one meanwhile.
    more = { conversationId: (await createConversation({ ownerId, title: "Approvals" })).id };
  });
  afterEach(async () => {
    risky.restore();
    await app.close();
    await upstream.close();
  });

  const ask = (...expressions: string[]) => askToCompute(upstream, ownerId, expressions, more);
  const statusOf = async (runId: string) => (await getRun(db(), { id: runId, ownerId })).status;
  const replyOf = (run: { conversationId: string }) => lastMessageOf({ ...run, ownerId });
  const lastPrompt = () => JSON.stringify(upstream.chats.at(-1)?.body.messages);

  test("nothing is run before the person says so; the run ends and the reply shows what waits", async () => {
    const { run, chunks, calls } = await ask("6 * 7");
    expect(risky.ran).toEqual([]);
    expect(await statusOf(run.runId)).toBe("awaiting-approval");
    expect(chunks.at(-1)?.chunk).toMatchObject({ type: "finish", messageMetadata: { status: "awaiting-approval" } });
    expect(calls).toMatchObject([
      { state: "approval-requested", input: { expression: "6 * 7" }, approval: { requestReason: "It is computed on this machine." } },
    ]);
    const { conversation, messages } = await openConversation({ ownerId, ...more });
    expect(conversation).toMatchObject({ activeRunId: null, waitingRunId: run.runId });
    expect(messages.at(-1)?.metadata).toMatchObject({ status: "awaiting-approval", runId: run.runId });
  });

  test("an approved call is run as it was shown, its result goes to the model, and the same reply goes on", async () => {
    const { run, ids } = await ask("6 * 7");
    await giveFeedback({ messageId: run.messageId, ownerId }, "up");
    const next = await decideAndFollow({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "approve" });
    expect(next.id).not.toBe(run.runId);
    expect(risky.ran).toEqual(["6 * 7"]);
    const reply = await replyOf(run);
    expect(reply).toMatchObject({ id: run.messageId, text: "tok0 tok1 tok2 ", metadata: { status: "complete", feedback: undefined } });
    expect(toolPartsOf(reply)).toMatchObject([
      { state: "output-available", output: { result: "computed 6 * 7" }, approval: { approved: true } },
    ]);
    expect(lastPrompt()).toContain("computed 6 * 7");
    expect(lastPrompt()).not.toContain("broke off");
    expect([await statusOf(run.runId), await statusOf(next.id)]).toEqual(["complete", "complete"]);
    expect((await openConversation({ ownerId, ...more })).conversation.waitingRunId).toBeNull();
  });

  test("a rejected call is not run, and the model reads why", async () => {
    const { run, ids } = await ask("6 * 7");
    await decideAndFollow({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "reject", reason: "Too dangerous." });
    expect(risky.ran).toEqual([]);
    expect(lastPrompt()).toContain("Too dangerous.");
    const reply = await replyOf(run);
    expect(toolPartsOf(reply)).toMatchObject([{ state: "output-denied", approval: { approved: false, reason: "Too dangerous." } }]);
    expect(reply.text).toBe("tok0 tok1 tok2 ");
    // What was rejected stays readable for the model when the chat goes on.
    await chunksOfRun({ ...(await startRun({ ownerId, ...more, text: "And now?", options: { model: withTools } })), ownerId });
    expect(lastPrompt()).toContain("Too dangerous.");
  });

  test("an edited call is run as it was edited, what was proposed is kept, and what the tool does not take is refused", async () => {
    const { run, ids } = await ask("6 * 7");
    const edit = { ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "edit" as const };
    await expect(decideCall({ ...edit, input: { expression: "" } })).rejects.toMatchObject({ issues: [{ path: "body.input.expression" }] });
    await expect(decideCall(edit)).rejects.toMatchObject({ issues: [{ path: "body.input" }] });
    await decideAndFollow({ ...edit, input: { expression: "1 + 1" } });
    expect(risky.ran).toEqual(["1 + 1"]);
    expect(toolPartsOf(await replyOf(run))).toMatchObject([
      { input: { expression: "1 + 1" }, approval: { descriptor: { proposed: { expression: "6 * 7" } } } },
    ]);
    expect(lastPrompt()).not.toContain("6 * 7");
  });

  test("an approval of another input than the one that waits is refused", async () => {
    const { run, ids } = await ask("6 * 7");
    const approve = { ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "approve" as const };
    await expect(decideCall({ ...approve, input: { expression: "1 + 1" } })).rejects.toMatchObject({ code: "conflict" });
    await decideAndFollow({ ...approve, input: { expression: "6 * 7" } });
    expect(risky.ran).toEqual(["6 * 7"]);
  });

  test("of several calls each is decided by itself, and the reply goes on after the last; harmless ones did not wait", async () => {
    await upstream.behave({
      toolCalls: [
        { name: "calculator", input: { expression: "1" } },
        { name: "current_time", input: {} },
        { name: "calculator", input: { expression: "2" } },
      ],
    });
    const run = await startRun({ ownerId, ...more, text: "Go", options: { model: withTools } });
    await chunksOfRun({ ...run, ownerId });
    const calls = toolPartsOf(await replyOf(run));
    expect(calls.map(({ state }) => state)).toEqual(["approval-requested", "output-available", "approval-requested"]);
    const decide = (index: number, decision: "approve" | "reject") =>
      decideAndFollow({ ownerId, runId: run.runId, toolCallId: calls[index]?.toolCallId ?? "", decision });
    expect(await decide(2, "approve")).toMatchObject({ id: run.runId, status: "awaiting-approval" });
    expect(risky.ran).toEqual([]);
    await decide(0, "reject");
    expect(risky.ran).toEqual(["2"]);
    expect(toolPartsOf(await replyOf(run)).map(({ state }) => state)).toEqual(["output-denied", "output-available", "output-available"]);
  });

  test("however many approve at once, the call is run once, and all are told of the run that goes on", async () => {
    const { run, ids } = await ask("6 * 7");
    const approve = () => decideCall({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "approve" });
    const told = await Promise.all(Array.from({ length: 8 }, approve));
    const [next] = new Set(told.map(({ id }) => id));
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    await chunksOfRun({ runId: next ?? "", ownerId });
    expect(risky.ran).toEqual(["6 * 7"]);
    // The same again changes nothing; another decision is refused.
    expect((await approve()).id).toBe(next);
    await expect(decideCall({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "reject" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(risky.ran).toEqual(["6 * 7"]);
  });

  test("of an approval and a rejection at once one counts and the other is told so", async () => {
    const { run, ids } = await ask("6 * 7");
    const decide = (decision: "approve" | "reject") => decideCall({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision });
    const [approved, rejected] = await Promise.allSettled([decide("approve"), decide("reject")]);
    expect([approved.status, rejected.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    await until(async () => (await replyOf(run)).metadata?.status === "complete");
    expect(risky.ran).toHaveLength(approved.status === "fulfilled" ? 1 : 0);
  });

  test("it is the owner's alone, and of calls that ask", async () => {
    const { run, ids } = await ask("6 * 7");
    const approve = { runId: run.runId, decision: "approve" as const };
    await expect(decideCall({ ...approve, ownerId: await aUser("admin"), toolCallId: ids[0] ?? "" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(decideCall({ ...approve, ownerId, toolCallId: "no-such-call" })).rejects.toMatchObject({ code: "not_found" });
    expect(risky.ran).toEqual([]);
  });

  test("what is always allowed in a chat is run there without asking, in just this form, and is written down", async () => {
    const { run, ids } = await ask("6 * 7");
    await decideAndFollow({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "approve", remember: "conversation" });
    const again = await ask("6 * 7");
    expect(risky.ran).toEqual(["6 * 7", "6 * 7"]);
    expect(again.calls).toMatchObject([{ state: "output-available", approval: { approved: true, isAutomatic: true } }]);
    expect((await auditEventsOf("approval.remembered"))[0]).toMatchObject({ actorId: ownerId, after: { input: { expression: "6 * 7" } } });
    expect((await ask("6 * 8")).calls).toMatchObject([{ state: "approval-requested" }]);
    const elsewhere = await askToCompute(upstream, ownerId, ["6 * 7"]);
    expect(elsewhere.calls).toMatchObject([{ state: "approval-requested" }]);
    expect(risky.ran).toHaveLength(2);
  });

  test("what was always allowed can be taken back, which is written down once; nobody else can", async () => {
    const { run, ids } = await ask("6 * 7");
    const call = { runId: run.runId, toolCallId: ids[0] ?? "" };
    await decideAndFollow({ ownerId, ...call, decision: "approve", remember: "conversation" });
    await expect(forgetAllowance({ ownerId: await aUser("admin"), ...call })).rejects.toMatchObject({ code: "not_found" });
    const allowed = await ask("6 * 7");
    expect(allowed.calls).toMatchObject([{ approval: { isAutomatic: true } }]);
    const forget = () => forgetAllowance({ ownerId, runId: allowed.run.runId, toolCallId: allowed.ids[0] ?? "" });
    await forget();
    await forget();
    expect((await ask("6 * 7")).calls).toMatchObject([{ state: "approval-requested" }]);
    expect(await auditEventsOf("approval.forgotten")).toMatchObject([
      { targetName: "calculator", before: { input: { expression: "6 * 7" } } },
    ]);
  });

  test("each decision is written down with the tool and what it was to run", async () => {
    const first = await ask("6 * 7");
    const decide = { ownerId, runId: first.run.runId, toolCallId: first.ids[0] ?? "" };
    await decideAndFollow({ ...decide, decision: "edit", input: { expression: "1 + 1" } });
    const second = await ask("hk_abcdefgh12345678");
    await decideAndFollow({ ownerId, runId: second.run.runId, toolCallId: second.ids[0] ?? "", decision: "reject", reason: "No" });
    expect((await auditEventsOf("approval.given_changed"))[0]).toMatchObject({
      targetName: "calculator",
      before: { input: { expression: "6 * 7" } },
      after: { input: { expression: "1 + 1" } },
    });
    expect((await auditEventsOf("approval.refused"))[0]).toMatchObject({ after: { input: { expression: "[secret]" }, reason: "No" } });
  });

  test("to stop rejects what waits", async () => {
    const { run, ids } = await ask("6 * 7");
    await stopConversation({ ownerId, ...more });
    expect(await statusOf(run.runId)).toBe("stopped");
    const reply = await replyOf(run);
    expect(reply.metadata?.status).toBe("stopped");
    expect(toolPartsOf(reply)).toMatchObject([{ state: "output-denied" }]);
    await expect(decideCall({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "approve" })).rejects.toMatchObject({
      code: "conflict",
    });
    const next = await ask("6 * 7");
    await stopRun({ ownerId, runId: next.run.runId });
    expect(await statusOf(next.run.runId)).toBe("stopped");
    expect(risky.ran).toEqual([]);
  });

  test("the next message, or another version, rejects what waits and says that it was not answered; to continue is refused", async () => {
    const { run } = await ask("6 * 7");
    const onReply = { ownerId, conversationId: run.conversationId, messageId: run.messageId, options: { model: withTools } };
    await expect(continueReply(onReply)).rejects.toMatchObject({ code: "conflict" });
    const next = await startRun({ ownerId, ...more, text: "Never mind.", options: { model: withTools } });
    await chunksOfRun({ ...next, ownerId });
    expect(lastPrompt()).toContain("Not answered");
    expect(await statusOf(run.runId)).toBe("stopped");
    const waiting = await ask("1 + 1");
    const version = await regenerateReply({ ...onReply, messageId: waiting.run.messageId });
    await chunksOfRun({ ...version, ownerId });
    expect(await statusOf(waiting.run.runId)).toBe("stopped");
    expect(risky.ran).toEqual([]);
  });

  test("a message that was sent before the call was asked about overtakes it", async () => {
    await upstream.behave({ firstTokenMs: 300, toolCalls: [{ name: "calculator", input: { expression: "6 * 7" } }] });
    const first = await startRun({ ownerId, ...more, text: "Compute it.", options: { model: withTools } });
    const second = await startRun({ ownerId, ...more, text: "Wait, no.", options: { model: withTools } });
    await until(async () => (await statusOf(second.runId)) === "complete");
    expect(await statusOf(first.runId)).toBe("stopped");
    expect(risky.ran).toEqual([]);
  });
});
