import { setTimeout as sleep } from "node:timers/promises";
import { db } from "@/db/database";
import { saveEnding } from "@/db/queries/messages";
import { saveChunks } from "@/db/queries/run-chunks";
import { endRun, type RunRow } from "@/db/queries/runs";
import { log } from "@/lib/core/log";
import { publishChatEvent } from "./chat-events";
import type { LiveRun } from "./live-runs";
import { settleTools } from "./message-parts";
import { endChunks, type RunOutcome } from "./run-outcome";
import { sendSignal } from "./signals";
import { titleConversation } from "./title-conversation";

const attempts = 5;

/** Stores how a run ended, then shows the end to its followers. */
export async function finishRun(run: RunRow, live: LiveRun, outcome: RunOutcome): Promise<void> {
  live.log.seal(endChunks(outcome));
  await storeEnd(run, live, outcome);
  live.log.end();
  const { conversationId, ownerId } = run;
  const { status, model, usage } = outcome;
  log().info({ runId: run.id, userId: ownerId, conversationId, status, model, ...usage }, "run ended");
  void sendSignal({ kind: "chunks", runIds: [run.id] });
  void publishChatEvent(ownerId, { type: "run-ended", conversationId, runId: run.id, status: outcome.status });
  if (outcome.status === "complete") void titleConversation({ id: conversationId, ownerId, model: outcome.model });
}

/** Writes the rest of the log, the message and the run in one transaction; a database that hiccups is tried again. */
async function storeEnd(run: RunRow, live: LiveRun, outcome: RunOutcome): Promise<void> {
  const { status, model, usage, error } = outcome;
  const rest = live.log.takeUnflushed();
  const message = { id: run.messageId, conversationId: run.conversationId, ownerId: run.ownerId };
  const { builder } = live.log;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db().transaction(async (tx) => {
        // Another instance may have taken this one for dead and ended the run; what it wrote stands.
        if (!(await endRun(tx, run.id, { status, model, error }))) return;
        if (rest) await saveChunks(tx, [{ runId: run.id, ...rest }]);
        await saveEnding(tx, message, {
          parts: settleTools(builder.parts),
          text: builder.text(),
          status,
          model,
          usage,
          error: error ?? null,
        });
      });
      return;
    } catch (failure) {
      if (attempt === attempts) {
        log().error({ err: failure, runId: run.id }, "the end of a run could not be stored; it will show as interrupted");
        return;
      }
      await sleep(100 * 2 ** attempt);
    }
  }
}
