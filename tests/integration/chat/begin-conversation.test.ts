import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { conversations, messages, runs } from "@/db/schema/chat";
import { liveRuns } from "@/lib/chat/live-runs";
import { startRun } from "@/lib/chat/start-run";
import { newId } from "@/lib/core/ids";
import { aUser, bootChat, chunksOfRun, lastMessageOf, until } from "../../support/chat";
import { databaseKinds } from "../../support/database";
import { fakeOllama } from "../../support/fake-ollama";

const options = { model: "ollama/fake:latest" };

describe.each(databaseKinds)("a new chat on the %s database", (kind) => {
  let upstream: Awaited<ReturnType<typeof fakeOllama>>;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;

  beforeEach(async () => {
    upstream = await fakeOllama({ models: [{ name: "fake:latest", loaded: true }], tokens: 200, intervalMs: 20 });
    app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url });
    ownerId = await aUser();
  });
  afterEach(async () => {
    for (const { controller } of liveRuns()) controller.abort("stopped");
    await Promise.all(liveRuns().map(({ done }) => done));
    await app.close();
    await upstream.close();
  });

  test("is stored whole before the caller hears of it, although the model is asked meanwhile", async () => {
    const { runId, conversationId, messageId } = await startRun({ ownerId, text: "Good morning", options });
    const [run] = await db().select().from(runs);
    const stored = await db().select().from(messages).orderBy(messages.createdAt);
    const [conversation] = await db().select().from(conversations);
    expect(run).toMatchObject({ id: runId, conversationId, messageId, status: "running", model: options.model, options, continues: false });
    expect(run?.instanceId).not.toBeNull();
    expect(stored).toMatchObject([
      { role: "user", text: "Good morning", status: "complete", parentId: null },
      { id: messageId, role: "assistant", text: "", status: "running", parentId: stored[0]?.id },
    ]);
    expect(conversation).toMatchObject({
      id: conversationId,
      ownerId,
      title: "Good morning",
      headId: messageId,
      model: options.model,
      options: {},
    });
  });

  test("under another owner's id is refused, nothing of it stays, and no call goes on", async () => {
    const { conversationId } = await startRun({ ownerId: await aUser(), text: "mine", options });
    await upstream.afterTokens(1);
    for (const { controller } of liveRuns()) controller.abort("stopped");
    await Promise.all(liveRuns().map(({ done }) => done));
    const given = { ownerId, conversationId, mayCreate: true, text: "let me in", options };
    await expect(startRun(given)).rejects.toMatchObject({ code: "not_found" });
    const intruders = liveRuns().filter((run) => run.ownerId === ownerId);
    await Promise.all(intruders.map(({ done }) => done));
    expect(intruders.map(({ log }) => log.hasEnded)).toEqual([true]);
    expect((await db().select().from(runs)).map((run) => run.ownerId)).not.toContain(ownerId);
    expect((await db().select().from(messages)).map(({ text }) => text)).not.toContain("let me in");
    // Whether the call left before the database said no is a matter of moments.
    await expect(upstream.closedByClient()).resolves.toBe(true);
  });

  test("that was edited at its first message asks the model once, and keeps both versions", async () => {
    const first = await startRun({ ownerId, conversationId: newId(), mayCreate: true, text: "one", options });
    await upstream.afterTokens(1);
    for (const { controller } of liveRuns()) controller.abort("stopped");
    await chunksOfRun({ ...first, ownerId });
    const asked = upstream.chats.length;
    const edited = { ownerId, conversationId: first.conversationId, mayCreate: true, parentId: null, text: "another one", options };
    const second = await startRun(edited);
    await until(() => upstream.chats.length > asked);
    expect(upstream.chats.length).toBe(asked + 1);
    expect((await lastMessageOf({ ownerId, conversationId: second.conversationId })).id).toBe(second.messageId);
    expect(await db().select().from(messages)).toHaveLength(4);
  });
});
