import { setTimeout as sleep } from "node:timers/promises";
import { db } from "@/db/database";
import { getMessage } from "@/db/queries/messages";
import { listChunks } from "@/db/queries/run-chunks";
import { getRun, type RunRow } from "@/db/queries/runs";
import { findLiveRun } from "./live-runs";
import { chunksOf, isTruncated } from "./message-parts";
import type { NumberedChunk } from "./run-log";
import { endChunks } from "./run-outcome";
import { onSignal } from "./signals";

/** How long a follower of another instance's run waits for word of new chunks before it looks by itself. */
const pollMs = 500;

/**
 * A run's chunks from number `from` on, replayed and then followed to the end, wherever the run is written.
 * After the run's log is collapsed: one snapshot of the message, numbered from 0.
 * @throws NotFoundError for a run that is not the owner's, before anything is followed
 */
export async function followRun(by: {
  runId: string;
  ownerId: string;
  from: number;
  signal?: AbortSignal;
}): Promise<AsyncGenerator<NumberedChunk[]>> {
  const live = findLiveRun({ id: by.runId, ownerId: by.ownerId });
  if (live) return live.log.follow(by.from, by.signal);
  return followStored(await getRun(db(), { id: by.runId, ownerId: by.ownerId }), by.from, by.signal);
}

/** Reads from the database, and changes over to memory when the run turns out to be written here. */
async function* followStored(run: RunRow, from: number, signal?: AbortSignal): AsyncGenerator<NumberedChunk[]> {
  let next = from;
  for (;;) {
    const live = findLiveRun(run);
    if (live) return yield* live.log.follow(next, signal);
    const woken = nextWord(run.id, signal);
    // The status is read before the chunks: a run that had ended by then has all its chunks stored.
    const { status } = await getRun(db(), run);
    const chunks = await listChunks(db(), run.id, next);
    const last = chunks.at(-1);
    if (last) {
      yield chunks;
      next = last.seq + 1;
    }
    if (signal?.aborted) return;
    if (status !== "running" && status !== "queued") {
      const isCollapsed = next === from && (await listChunks(db(), run.id, 0)).length === 0;
      if (isCollapsed) yield await snapshot(run);
      return;
    }
    if (!last) await woken;
  }
}

/** The stored message as chunks. */
async function snapshot(run: RunRow): Promise<NumberedChunk[]> {
  const { conversationId, ownerId, messageId } = run;
  const message = await getMessage(db(), { id: messageId, conversationId, ownerId });
  const { parentId, status, model, usage, error } = message;
  const metadata = { conversationId, runId: run.id, parentId, siblings: [messageId], status, model: model ?? undefined };
  const ended = status === "running" ? "interrupted" : status;
  const known = { model: model ?? undefined, usage: usage ?? undefined, error: error ?? undefined };
  const end = endChunks({ status: ended, ...known, truncated: ended === "complete" && isTruncated(message.parts) });
  const chunks = [{ type: "start" as const, messageId, messageMetadata: metadata }, ...chunksOf(message.parts), ...end];
  return chunks.map((chunk, seq) => ({ seq, chunk }));
}

/** Resolves when an instance says that the run has new chunks, at the latest after `pollMs`. */
function nextWord(runId: string, signal?: AbortSignal): Promise<unknown> {
  const word = Promise.withResolvers<void>();
  const unsubscribe = onSignal((heard) => heard.kind === "chunks" && heard.runIds.includes(runId) && word.resolve());
  return Promise.race([word.promise, sleep(pollMs, undefined, { signal }).catch(() => undefined)]).finally(unsubscribe);
}
