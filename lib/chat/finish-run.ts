import { setTimeout as sleep } from "node:timers/promises";
import { db } from "@/db/database";
import { isRefusal } from "@/db/is-refusal";
import { saveEnding } from "@/db/queries/messages";
import { saveChunks } from "@/db/queries/run-chunks";
import { endRun, type RunTask } from "@/db/queries/runs";
import { log } from "@/lib/core/log";
import { publishChatEvent } from "./chat-events";
import type { LiveRun } from "./live-runs";
import { settleTools } from "./message-parts";
import { endChunks, type RunOutcome } from "./run-outcome";
import { sendSignal } from "./signals";
import { storable } from "./storable";
import { titleConversation } from "./title-conversation";

const longestPauseMs = 5_000;

/** Stores how a run ended, then shows the end to its followers. */
export async function finishRun(run: RunTask, live: LiveRun, given: RunOutcome): Promise<void> {
  const outcome = storable(given);
  live.log.seal(endChunks(outcome));
  await storeEnd(run, live, outcome);
  live.log.end();
  const { conversationId, ownerId } = run;
  const { status, model, usage } = outcome;
  log().info({ requestId: live.requestId, runId: run.id, userId: ownerId, conversationId, status, model, ...usage }, "run ended");
  void sendSignal({ kind: "chunks", runIds: [run.id] });
  void publishChatEvent(ownerId, { type: "run-ended", conversationId, runId: run.id, status: outcome.status });
  if (outcome.status === "complete")
    void titleConversation({ id: conversationId, ownerId, keyId: run.options.keyId, model: outcome.model });
}

/**
 * Writes the rest of the log, the message and the run in one transaction. While the database is away it is tried again,
 * until the database is back or the process ends: the text is in memory, and its end must not be lost for an outage.
 */
async function storeEnd(run: RunTask, live: LiveRun, outcome: RunOutcome): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writeEnd(run, live, outcome);
    } catch (failure) {
      if (isRefusal(failure)) return giveUp(run, failure);
      if (attempt === 5) log().error({ err: failure, runId: run.id }, "the end of a run cannot be stored yet; it is tried again");
      await sleep(Math.min(100 * 2 ** attempt, longestPauseMs));
    }
  }
}

async function writeEnd(run: RunTask, live: LiveRun, outcome: RunOutcome): Promise<void> {
  const { status, model, usage, route, error } = outcome;
  // With what a flush is writing just now: should that fail, nothing is missing before the end.
  const rest = live.log.unstored();
  const { builder } = live.log;
  const message = { id: run.messageId, conversationId: run.conversationId, ownerId: run.ownerId };
  await db().transaction(async (tx) => {
    // Another instance may have taken this one for dead and ended the run; what it wrote stands.
    if (!(await endRun(tx, run.id, { status, model, error }))) return;
    if (rest) await saveChunks(tx, [{ runId: run.id, ...rest }]);
    const written = { parts: settleTools(builder.parts), text: builder.text() };
    await saveEnding(tx, message, { ...written, status, model, usage, route: route ?? null, error: error ?? null });
  });
}

/** Ends the run without its text, so that the conversation can go on. */
async function giveUp(run: RunTask, failure: unknown): Promise<void> {
  log().error({ err: failure, runId: run.id }, "the end of a run could not be stored; it shows as failed");
  const error = { code: "internal", message: "The reply could not be stored. Try again; the log has the details." };
  const message = { id: run.messageId, conversationId: run.conversationId, ownerId: run.ownerId };
  try {
    if (await endRun(db(), run.id, { status: "failed", error })) await saveEnding(db(), message, { status: "failed", error });
  } catch (again) {
    log().error({ err: again, runId: run.id }, "neither could that it failed");
  }
}
