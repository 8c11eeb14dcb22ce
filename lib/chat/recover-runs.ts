import { db } from "@/db/database";
import { getMessage, saveEnding } from "@/db/queries/messages";
import { listChunks, saveChunks } from "@/db/queries/run-chunks";
import { endRun, listSilentRuns, listStalledConversations, type RunRow } from "@/db/queries/runs";
import { endSpans } from "@/db/queries/spans";
import { log } from "@/lib/core/log";
import { publishChatEvent } from "./chat-events";
import { advanceQueue } from "./execute-run";
import { MessagePartsBuilder, settleTools } from "./message-parts";
import { endChunks } from "./run-outcome";
import { sendSignal } from "./signals";

/**
 * Ends runs whose process is gone as `interrupted`, with the text that was flushed, and starts those that wait behind them.
 * @param silentS how long a run's process may be silent, in seconds; 0 at the start of a process that has the database to itself
 * @returns how many runs were interrupted
 */
export async function recoverRuns(silentS: number): Promise<number> {
  const silent = await listSilentRuns(db(), silentS);
  for (const run of silent) await interrupt(run);
  await startStalledRuns();
  return silent.length;
}

/** Starts runs whose turn was missed: the instance that should have started them died, or the database was away. */
export async function startStalledRuns(): Promise<void> {
  for (const conversation of await listStalledConversations(db())) await advanceQueue(conversation);
}

async function interrupt(run: RunRow): Promise<void> {
  const { id, ownerId, conversationId, messageId, options } = run;
  const model = options.model === "auto" ? undefined : options.model;
  const chunks = await listChunks(db(), id, 0);
  const builder = new MessagePartsBuilder();
  for (const { chunk } of chunks) builder.apply(chunk);
  const ended = await db().transaction(async (tx) => {
    if (!(await endRun(tx, id, { status: "interrupted", model }))) return false;
    // A run that goes on with a text has replayed it into its log, unless it was cut before the first flush.
    const { parts } = chunks.length > 0 ? builder : await getMessage(tx, { id: messageId, conversationId, ownerId });
    const text = chunks.length > 0 ? { text: builder.text() } : {};
    await saveEnding(tx, { id: messageId, conversationId, ownerId }, { parts: settleTools(parts), ...text, status: "interrupted", model });
    await saveChunks(tx, [{ runId: id, firstSeq: (chunks.at(-1)?.seq ?? -1) + 1, chunks: endChunks({ status: "interrupted", model }) }]);
    return true;
  });
  if (!ended) return;
  await endSpans(db(), { traceIds: [id] }, "Hearth ended before this did.");
  log().warn({ runId: id, conversationId, chunks: chunks.length }, "a run was interrupted; its text was kept");
  await sendSignal({ kind: "chunks", runIds: [id] });
  await publishChatEvent(ownerId, { type: "run-ended", conversationId, runId: id, status: "interrupted" });
}
