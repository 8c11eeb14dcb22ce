import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, db } from "@/db/database";
import { saveChunks } from "@/db/queries/run-chunks";
import { runChunks, runs } from "@/db/schema/chat";
import { collapseRunLogs } from "@/lib/chat/collapse-run-logs";
import { newId } from "@/lib/core/ids";
import { aUser } from "@/tests/support/chat";
import { freshDatabase } from "@/tests/support/database";
import { someThingsOf } from "@/tests/support/owned-things";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test("the logs of however many ended runs go in one sweep; that of a run just ended stays", async () => {
  const ownerId = await aUser();
  const { conversationId, messageId } = await someThingsOf(ownerId);
  const aRun = (endedAt: Date) => ({ id: newId(), conversationId, ownerId, messageId, status: "complete" as const, options: {}, endedAt });
  const fresh = aRun(new Date());
  const ended = [...Array.from({ length: 1_200 }, () => aRun(new Date(Date.now() - 3_600_000))), fresh];
  await db().insert(runs).values(ended);
  await saveChunks(
    db(),
    ended.map(({ id }) => ({ runId: id, firstSeq: 0, chunks: [] })),
  );
  await collapseRunLogs(60);
  expect(await db().select({ runId: runChunks.runId }).from(runChunks)).toEqual([{ runId: fresh.id }]);
});
