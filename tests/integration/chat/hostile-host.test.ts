import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { getRun } from "@/db/queries/runs";
import { calls } from "@/db/schema/gateway";
import { openConversation } from "@/lib/chat/open-conversation";
import { startRun } from "@/lib/chat/start-run";
import { newId } from "@/lib/core/ids";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { aUser, bootChat, chunksOfRun, lastMessageOf, until } from "@/tests/support/chat";
import { databaseKinds } from "@/tests/support/database";
import { fakeOllama } from "@/tests/support/fake-ollama";

const options = { model: "ollama/fake:latest" };

describe.each(databaseKinds)("what a host or the database does to a run on %s", (kind) => {
  let upstream: Awaited<ReturnType<typeof fakeOllama>>;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;

  beforeEach(async () => {
    upstream = await fakeOllama({ models: [{ name: "fake:latest" }] });
    app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url });
    ownerId = await aUser();
  });
  afterEach(async () => {
    await app.close();
    await upstream.close();
  });

  const ended = async (run: { runId: string }) => {
    await until(async () => !["running", "queued"].includes((await getRun(db(), { id: run.runId, ownerId })).status), 15_000);
    return getRun(db(), { id: run.runId, ownerId });
  };

  test("NUL and half characters in a reply are stored as what Postgres can hold, and no other run suffers", async () => {
    await upstream.behave({ reply: "one \u0000two \ud83d three", intervalMs: 60 });
    const [bad, good] = await Promise.all(["a", "b"].map((text) => startRun({ ownerId, text, options })));
    for (const run of [bad, good]) {
      if (!run) throw new Error("no run");
      await chunksOfRun({ ...run, ownerId });
      expect(await ended(run)).toMatchObject({ status: "complete" });
      expect((await lastMessageOf({ ...run, ownerId })).text.trim()).toBe("one two \ufffd three");
    }
  });

  test.each([[1.5], [1e300], [-7], [3_000_000_000]])(
    "a host that counts %d tokens leaves a chat that can be read, and a call that is recorded",
    async (tokens) => {
      await upstream.behave({ countsTokens: tokens });
      const run = await startRun({ ownerId, text: "hello", options });
      await chunksOfRun({ ...run, ownerId });
      const { messages } = await openConversation({ ownerId, conversationId: run.conversationId });
      expect(messages.at(-1)?.metadata?.usage?.outputTokens).toSatisfy((count) => Number.isInteger(count) && count > 0 && count < 1_000);
      await flushCalls();
      await until(async () => (await db().select().from(calls)).some((call) => call.runId === run.runId));
    },
  );

  test("a message sent twice is stored once, and the second time is told so", async () => {
    const messageId = newId();
    const conversationId = newId();
    const send = () => startRun({ ownerId, conversationId, mayCreate: true, messageId, text: "once", options });
    await ended(await send());
    await expect(send()).rejects.toMatchObject({ code: "conflict" });
    expect((await openConversation({ ownerId, conversationId })).messages).toHaveLength(2);
  });

  /** Lets the database fail with this SQLSTATE whenever a run ends as complete. */
  const failEndsWith = async (code: string) => {
    await db().execute(
      sql.raw(`create or replace function fail_end() returns trigger language plpgsql as $$
        begin raise exception 'not now' using errcode = '${code}'; end $$`),
    );
    await db().execute(
      sql`create trigger fail_end before update on runs for each row when (new.status = 'complete') execute function fail_end()`,
    );
  };

  test("a database that is away when a reply ends gets the whole reply once it is back", async () => {
    await failEndsWith("57P01");
    const run = await startRun({ ownerId, text: "hello", options });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(await getRun(db(), { id: run.runId, ownerId })).toMatchObject({ status: "running" });
    await db().execute(sql`drop trigger fail_end on runs`);
    expect(await ended(run)).toMatchObject({ status: "complete" });
    expect((await lastMessageOf({ ...run, ownerId })).text).toMatch(/^tok0 tok1 /);
  });

  test("a reply that the database will never take ends as failed, and the conversation goes on", async () => {
    await failEndsWith("22P05");
    const run = await startRun({ ownerId, text: "hello", options });
    expect(await ended(run)).toMatchObject({ status: "failed", error: { code: "internal" } });
    await db().execute(sql`drop trigger fail_end on runs`);
    const next = await startRun({ ownerId, conversationId: run.conversationId, text: "again", options });
    expect(await ended(next)).toMatchObject({ status: "complete" });
  });
});
