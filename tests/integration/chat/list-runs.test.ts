import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { runs } from "@/db/schema/chat";
import { createConversation } from "@/lib/chat/create-conversation";
import { createMessage } from "@/lib/chat/create-message";
import { listRuns } from "@/lib/chat/list-runs";
import type { Run } from "@/lib/chat/shapes";
import { resetEnv } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { aUser } from "../../support/chat";
import { databaseKinds, freshDatabase } from "../../support/database";

describe.each(databaseKinds)("the list of runs on the %s database", (kind) => {
  let close: () => Promise<void>;
  let ownerId: string;

  beforeEach(async () => {
    process.env.LOG_LEVEL = "silent";
    resetEnv();
    ({ close } = await freshDatabase(kind));
    ownerId = await aUser();
  });
  afterEach(() => close());

  /** Stores a chat with a run of each status, in that order. */
  async function chatWith(owner: string, statuses: Run["status"][]) {
    const { id: conversationId } = await createConversation({ ownerId: owner });
    const ids: string[] = [];
    for (const status of statuses) {
      const { id: messageId } = await createMessage({ ownerId: owner, conversationId, role: "user", text: "hello" });
      ids.push(newId());
      await db()
        .insert(runs)
        .values({ id: ids.at(-1) ?? "", conversationId, ownerId: owner, messageId, status, options: {} });
    }
    return { conversationId, ids };
  }
  const ids = async (by: Omit<Parameters<typeof listRuns>[0], "limit" | "ownerId">) =>
    (await listRuns({ ownerId, limit: 50, ...by })).items.map(({ id }) => id);

  test("it has the owner's own, newest first, of one chat or one status when asked", async () => {
    const first = await chatWith(ownerId, ["complete", "failed"]);
    const second = await chatWith(ownerId, ["complete"]);
    const others = await chatWith(await aUser(), ["complete"]);
    expect(await ids({})).toEqual([...second.ids, ...first.ids.toReversed()]);
    expect(await ids({ conversationId: first.conversationId })).toEqual(first.ids.toReversed());
    expect(await ids({ status: "failed" })).toEqual([first.ids[1]]);
    await expect(ids({ conversationId: others.conversationId })).rejects.toMatchObject({ status: 404 });
  });

  test("its pages follow one another without gaps or repeats", async () => {
    const { ids: stored } = await chatWith(
      ownerId,
      Array.from({ length: 5 }, () => "complete" as const),
    );
    const first = await listRuns({ ownerId, limit: 2 });
    const second = await listRuns({ ownerId, limit: 2, cursor: first.nextCursor ?? "" });
    const last = await listRuns({ ownerId, limit: 2, cursor: second.nextCursor ?? "" });
    expect([first, second, last].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(stored.toReversed());
    expect(last.nextCursor).toBeNull();
  });
});
