import { db } from "@/db/database";
import { listBranch, listSiblingIds } from "@/db/queries/messages";
import { claimNextRun, type RunRow } from "@/db/queries/runs";
import type { UiChunk } from "@/db/schema/json";
import { runAgent } from "@/lib/agent/run-agent";
import { log } from "@/lib/core/log";
import { publishChatEvent } from "./chat-events";
import { finishRun } from "./finish-run";
import { instanceId } from "./instance";
import { keepLiveRun, type LiveRun } from "./live-runs";
import { chunksOf, hasContent, resumedTextId } from "./message-parts";
import { RunLog } from "./run-log";
import { outcomeOf, type RunOutcome } from "./run-outcome";
import { isShuttingDown } from "./shutdown-state";

/**
 * Writes a run that this instance has claimed, in the background. It never throws: whatever happens becomes the run's end.
 * @returns the live run, whose `done` settles once the end is stored
 */
export function executeRun(run: RunRow): LiveRun {
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
  void write(run, live)
    .then((outcome) => finishRun(run, live, outcome))
    .then(finished.resolve)
    .then(() => advanceQueue(run.conversationId));
  return live;
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

async function write(run: RunRow, live: LiveRun): Promise<RunOutcome> {
  const runLog = log().child({ runId: run.id, userId: run.ownerId });
  try {
    void publishChatEvent(run.ownerId, { type: "run-started", conversationId: run.conversationId, runId: run.id });
    const branch = await listBranch(db(), { conversationId: run.conversationId, ownerId: run.ownerId, leafId: run.messageId });
    const reply = branch.at(-1);
    if (!reply) throw new Error("The reply's message is missing.");
    live.log.append(await startChunk(run, reply.parentId));
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

async function startChunk(run: RunRow, parentId: string | null): Promise<UiChunk> {
  const { conversationId, ownerId, messageId } = run;
  const siblings = await listSiblingIds(db(), { conversationId, ownerId, parentId });
  const createdAt = new Date().toISOString();
  const metadata = { conversationId, runId: run.id, parentId, siblings, status: "running", model: run.options.model, createdAt };
  return { type: "start", messageId, messageMetadata: metadata };
}

/** Sends the first text that comes into the text that is there already, when that text is the reply's last part. */
function joining(runLog: RunLog, replayed: UiChunk[]) {
  const isOpen = replayed.some((chunk) => chunk.type === "text-start" && chunk.id === resumedTextId);
  let joinedId: string | undefined;
  let stepSeen = false;
  return (chunk: UiChunk) => {
    if (!isOpen) return runLog.append(chunk);
    if (chunk.type === "start-step" && !stepSeen) {
      stepSeen = true;
      return;
    }
    if (chunk.type === "text-start" && joinedId === undefined) {
      joinedId = chunk.id;
      return;
    }
    const joins = (chunk.type === "text-delta" || chunk.type === "text-end") && chunk.id === joinedId;
    runLog.append(joins ? { ...chunk, id: resumedTextId } : chunk);
  };
}
