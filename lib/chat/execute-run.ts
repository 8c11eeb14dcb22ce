import { db } from "@/db/database";
import { claimNextRun, type RunTask } from "@/db/queries/runs";
import type { UiChunk } from "@/db/schema/json";
import { runAgent } from "@/lib/agent/run-agent";
import { log } from "@/lib/core/log";
import { publishChatEvent } from "./chat-events";
import { finishRun } from "./finish-run";
import { instanceId } from "./instance";
import { joining } from "./join-text";
import { keepLiveRun, type LiveRun } from "./live-runs";
import { chunksOf, hasContent } from "./message-parts";
import { RunLog } from "./run-log";
import { outcomeOf, type RunOutcome } from "./run-outcome";
import { findRunPlace, type KnownPlace, type RunPlace } from "./run-place";
import { isShuttingDown } from "./shutdown-state";
import { dropPendingTitles } from "./title-conversation";

/**
 * Writes a run that this instance has claimed, in the background. It never throws: whatever happens becomes the run's end.
 * @returns the live run, whose `done` settles once the end is stored
 */
export function executeRun(run: RunTask, known?: KnownPlace): LiveRun {
  const finished = Promise.withResolvers<void>();
  const { id, ownerId, conversationId } = run;
  const live: LiveRun = {
    id,
    ownerId,
    conversationId,
    log: new RunLog(),
    controller: new AbortController(),
    stored: true,
    done: finished.promise,
  };
  keepLiveRun(live);
  dropPendingTitles(run.options.model);
  void write(run, live, known)
    .then((outcome) => finishRun(run, live, outcome))
    .then(finished.resolve)
    .then(() => advanceQueue(run.conversationId));
  return live;
}

/** Begins a run that was just stored: now when it was claimed, else when its turn comes. */
export function beginRun(conversationId: string, claimed: RunTask | null, known?: KnownPlace): void {
  if (claimed) executeRun(claimed, known);
  // The run before it may have ended while this one was being stored.
  else void advanceQueue(conversationId);
}

/** Starts the run that waits longest in a conversation, unless one is running. Safe to call at any time, on any instance. */
export async function advanceQueue(conversationId: string): Promise<void> {
  if (isShuttingDown()) return;
  try {
    const next = await claimNextRun(db(), { conversationId, instanceId: instanceId() });
    if (next) executeRun(next);
  } catch (error) {
    log().error({ err: error, conversationId }, "the next run could not start; the sweep will start it");
  }
}

async function write(run: RunTask, live: LiveRun, known?: KnownPlace): Promise<RunOutcome> {
  const runLog = log().child({ runId: run.id, userId: run.ownerId });
  try {
    void publishChatEvent(run.ownerId, { type: "run-started", conversationId: run.conversationId, runId: run.id });
    const { branch, ...place } = await findRunPlace(run, known);
    live.log.append(startChunk(run, place));
    const reply = branch.find((message) => message.id === run.messageId) ?? { parts: [] };
    const resumes = run.continues && hasContent(reply);
    const replayed = resumes ? chunksOf(reply.parts, { leaveOpen: true }) : [];
    for (const chunk of replayed) live.log.append(chunk);
    const history = branch.filter((message) => (message.id === run.messageId ? resumes : hasContent(message)));
    const emit = resumes ? joining(live.log, replayed) : (chunk: UiChunk) => live.log.append(chunk);
    const { ownerId: userId, id: runId, conversationId, options } = run;
    return {
      status: "complete",
      ...(await runAgent({ userId, runId, conversationId, options, history, emit, signal: live.controller.signal })),
    };
  } catch (error) {
    return outcomeOf(error, live.controller.signal, runLog);
  }
}

function startChunk(run: RunTask, place: Omit<RunPlace, "branch">): UiChunk {
  const { id: runId, conversationId, messageId, options } = run;
  const createdAt = new Date().toISOString();
  return {
    type: "start",
    messageId,
    messageMetadata: { conversationId, runId, ...place, status: "running", model: options.model, createdAt },
  };
}
