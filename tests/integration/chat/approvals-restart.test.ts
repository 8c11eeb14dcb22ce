import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { getRun } from "@/db/queries/runs";
import { runs } from "@/db/schema/chat";
import { decideCall } from "@/lib/chat/approvals/decide-call";
import { collapseRunLogs } from "@/lib/chat/collapse-run-logs";
import { continueReply } from "@/lib/chat/continue-reply";
import { recoverRuns } from "@/lib/chat/recover-runs";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { askToCompute, decideAndFollow, riskyCalculator, toolModels, toolPartsOf, withTools } from "../../support/approvals";
import { aUser, bootChat, chunksOfRun, lastMessageOf, until } from "../../support/chat";
import { databaseKinds } from "../../support/database";
import { fakeOllama } from "../../support/fake-ollama";

describe.each(databaseKinds)("approvals when Hearth ends, on the %s database", (kind) => {
  let upstream: Awaited<ReturnType<typeof fakeOllama>>;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;
  let risky: ReturnType<typeof riskyCalculator>;

  beforeEach(async () => {
    risky = riskyCalculator();
    upstream = await fakeOllama({ models: toolModels, tokens: 3 });
    app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url });
    ownerId = await aUser();
  });
  afterEach(async () => {
    risky.restore();
    await app.close();
    await upstream.close();
  });

  test("a call that waits does so after a restart, also once the run's log is gone, and can be approved then", async () => {
    const { run, ids } = await askToCompute(upstream, ownerId, ["6 * 7"]);
    clearProcessGlobal("live-runs");
    await collapseRunLogs(0);
    expect(await recoverRuns(0)).toBe(0);
    expect((await chunksOfRun({ ...run, ownerId })).map(({ chunk }) => chunk)).toMatchObject([
      { type: "start" },
      { type: "start-step" },
      { type: "tool-input-available", input: { expression: "6 * 7" } },
      { type: "tool-approval-request", reason: "It is computed on this machine." },
      { type: "finish", messageMetadata: { status: "awaiting-approval" } },
    ]);
    await decideAndFollow({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "approve" });
    expect(risky.ran).toEqual(["6 * 7"]);
    expect(await lastMessageOf({ ...run, ownerId })).toMatchObject({ id: run.messageId, metadata: { status: "complete" } });
  });

  test("a call that was being made when Hearth ended is not made again, not even when the reply is gone on with", async () => {
    let calls = 0;
    risky.tool.run = () => {
      calls += 1;
      return new Promise(() => {});
    };
    const { run, ids } = await askToCompute(upstream, ownerId, ["6 * 7"]);
    const next = await decideCall({ ownerId, runId: run.runId, toolCallId: ids[0] ?? "", decision: "approve" });
    await until(() => calls === 1);
    // The process is gone: nobody beats for the run, and nothing that it would still write counts.
    await db().update(runs).set({ instanceId: newId(), heartbeatAt: null }).where(eq(runs.id, next.id));
    clearProcessGlobal("live-runs");
    expect(await recoverRuns(0)).toBe(1);
    expect((await getRun(db(), { id: next.id, ownerId })).status).toBe("interrupted");
    const cut = await lastMessageOf({ ...run, ownerId });
    expect(toolPartsOf(cut)).toMatchObject([{ state: "output-error", approval: { approved: true } }]);
    const more = await continueReply({ ownerId, ...run, options: { model: withTools } });
    await chunksOfRun({ ...more, ownerId });
    expect(calls).toBe(1);
    expect((await lastMessageOf({ ...run, ownerId })).metadata?.status).toBe("complete");
  });
});
