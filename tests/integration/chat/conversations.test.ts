import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { eraseDeleted } from "@/db/queries/conversations";
import { createConversation } from "@/lib/chat/create-conversation";
import { createMessage } from "@/lib/chat/create-message";
import { deleteConversation, restoreConversation } from "@/lib/chat/delete-conversation";
import { getConversation } from "@/lib/chat/get-conversation";
import { listConversations } from "@/lib/chat/list-conversations";
import { listMessages, listUserHistory } from "@/lib/chat/list-messages";
import { updateConversation } from "@/lib/chat/update-conversation";
import { resetEnv } from "@/lib/core/env";
import { aUser, callerOf } from "../../support/chat";
import { databaseKinds, freshDatabase } from "../../support/database";

describe.each(databaseKinds)("conversations on the %s database", (kind) => {
  let close: () => Promise<void>;
  let ownerId: string;
  let strangerId: string;

  beforeEach(async () => {
    process.env.LOG_LEVEL = "silent";
    resetEnv();
    ({ close } = await freshDatabase(kind));
    ownerId = await aUser();
    strangerId = await aUser();
  });
  afterEach(() => close());

  const say = (conversationId: string, text: string) => createMessage({ ownerId, conversationId, role: "user", text });

  test("a chat is invisible to everyone but its owner", async () => {
    const { id: conversationId } = await createConversation({ ownerId, title: "Mine" });
    await say(conversationId, "secret plans");
    const stranger = { ownerId: strangerId, conversationId };
    await expect(getConversation(stranger)).rejects.toMatchObject({ status: 404 });
    await expect(updateConversation({ ...stranger, title: "Yours" })).rejects.toMatchObject({ status: 404 });
    await expect(deleteConversation(stranger)).rejects.toMatchObject({ status: 404 });
    await expect(listMessages({ ...stranger, limit: 50, all: true })).rejects.toMatchObject({ status: 404 });
    await expect(createMessage({ ...stranger, role: "user", text: "x" })).rejects.toMatchObject({ status: 404 });
    expect((await listConversations({ ownerId: strangerId, limit: 50 })).items).toEqual([]);
    expect((await listConversations({ ownerId: strangerId, limit: 50, q: "secret" })).items).toEqual([]);
    expect((await listUserHistory({ caller: callerOf(strangerId), limit: 50 })).items).toEqual([]);
    await expect(listUserHistory({ caller: callerOf(strangerId), userId: ownerId, limit: 50 })).rejects.toMatchObject({ status: 403 });
    expect((await listUserHistory({ caller: callerOf(strangerId, "admin"), userId: ownerId, limit: 50 })).items).toHaveLength(1);
    expect((await getConversation({ ownerId, conversationId })).title).toBe("Mine");
  });

  test("pages follow one another without gaps or repeats", async () => {
    for (let index = 0; index < 7; index += 1) await createConversation({ ownerId, title: `Chat ${index}` });
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listConversations({ ownerId, limit: 3, cursor });
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(titles).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `Chat ${index}`));
    await expect(listConversations({ ownerId, limit: 3, cursor: "nonsense" })).rejects.toMatchObject({ status: 400 });
  });

  test("messages are paged oldest first, history newest first", async () => {
    const { id } = await createConversation({ ownerId });
    for (let index = 0; index < 5; index += 1) await say(id, `message ${index}`);
    const first = await listMessages({ ownerId, conversationId: id, limit: 3, all: false });
    const second = await listMessages({ ownerId, conversationId: id, limit: 3, all: false, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map(({ text }) => text)).toEqual([0, 1, 2, 3, 4].map((index) => `message ${index}`));
    expect(second.nextCursor).toBeNull();
    const history = await listUserHistory({ caller: callerOf(ownerId), limit: 2 });
    expect(history.items.map(({ text }) => text)).toEqual(["message 4", "message 3"]);
  });

  test("search finds words in titles and messages, and the snippet cannot carry markup", async () => {
    const { id } = await createConversation({ ownerId, title: "Gardening 100%" });
    await say(id, 'The <b onclick="x">zebra</b> & the okapi met.');
    await createConversation({ ownerId, title: "Other" });
    const found = await listConversations({ ownerId, limit: 50, q: "zebra" });
    expect(found.items).toHaveLength(1);
    expect(found.items[0]?.snippet).toContain("<mark>zebra</mark>");
    expect(found.items[0]?.snippet).not.toMatch(/<(?!\/?mark>)/);
    expect((await listConversations({ ownerId, limit: 50, q: "100%" })).items).toHaveLength(1);
    expect((await listConversations({ ownerId, limit: 50, q: "nothing like it" })).items).toEqual([]);
  });

  test("a deleted chat is gone for every call, comes back with undo, and is erased after its time", async () => {
    const { id: conversationId } = await createConversation({ ownerId });
    await say(conversationId, "keep me");
    await deleteConversation({ ownerId, conversationId });
    await expect(getConversation({ ownerId, conversationId })).rejects.toMatchObject({ status: 404 });
    expect((await listUserHistory({ caller: callerOf(ownerId), limit: 50 })).items).toEqual([]);
    await expect(restoreConversation({ ownerId: strangerId, conversationId })).rejects.toMatchObject({ status: 404 });
    await restoreConversation({ ownerId, conversationId });
    expect((await listMessages({ ownerId, conversationId, limit: 50, all: false })).items[0]?.text).toBe("keep me");
    await deleteConversation({ ownerId, conversationId });
    expect(await eraseDeleted(db(), 60)).toBe(0);
    expect(await eraseDeleted(db(), -1)).toBe(1);
    await expect(restoreConversation({ ownerId, conversationId })).rejects.toMatchObject({ status: 404 });
  });

  test("a message longer than the setting is refused with the limit in the answer, and nothing is stored", async () => {
    const { id } = await createConversation({ ownerId });
    await expect(say(id, "x".repeat(32_001))).rejects.toMatchObject({ status: 400, message: expect.stringContaining("32000") });
    await say(id, "x".repeat(32_000));
    expect((await listMessages({ ownerId, conversationId: id, limit: 50, all: true })).items).toHaveLength(1);
  });

  test("a text of a hundred thousand different words is stored and found again", async () => {
    process.env.HEARTH_MAX_MESSAGE_CHARS = "1000000";
    resetEnv();
    const { id } = await createConversation({ ownerId });
    await say(id, Array.from({ length: 100_000 }, (_, index) => `wörd${index}`).join(" "));
    delete process.env.HEARTH_MAX_MESSAGE_CHARS;
    expect((await listConversations({ ownerId, limit: 5, q: "wörd77" })).items).toHaveLength(1);
  });

  test("a title that a person gave is kept", async () => {
    const { id: conversationId } = await createConversation({ ownerId });
    const renamed = await updateConversation({ ownerId, conversationId, title: "My name for it", pinned: true, tags: ["a"] });
    expect(renamed).toMatchObject({ title: "My name for it", pinned: true, tags: ["a"] });
  });
});
