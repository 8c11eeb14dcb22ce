import { db } from "@/db/database";
import { lockConversation } from "@/db/queries/conversations";
import type { RunTask } from "@/db/queries/runs";
import type { RouteDecision, UiChunk } from "@/db/schema/json";
import { runAgent } from "@/lib/agent/run-agent";
import { getKeyGrant } from "@/lib/auth/keys/get-key-grant";
import { autoModelId } from "@/lib/core/auto-model-id";
import { NotFoundError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { avoidHost } from "@/lib/gateway/balance/avoid-host";
import { inBackground } from "@/lib/http/acting";
import type { Span } from "@/lib/monitoring/spans/start-span";
import { publishChatEvent } from "./chat-events";
import { claimRun } from "./claim-run";
import { finishRun } from "./finish-run";
import { joining } from "./join-text";
import { type LiveRun, openLiveRun } from "./live-runs";
import { chunksOf, hasContent, withoutTruncatedNote } from "./message-parts";
import { outcomeOf, type RunOutcome } from "./run-outcome";
import { type BranchMessage, findRunPlace, type KnownPlace, type RunPlace } from "./run-place";
import { isShuttingDown } from "./shutdown-state";
import { dropPendingTitles } from "./title-conversation";
import { endRunSpan, startRunSpan, tellQuestion } from "./trace-run";

type InConversation = { conversationId: string; ownerId: string };

/**
 * Writes a run that this instance has claimed, in the background. It never throws: whatever happens becomes the run's end.
 * @param storing settles with whether the run's row is there, for one that begins meanwhile; one that could not be stored is given up
 * @returns the live run, whose `done` settles once the end is stored
 */
export function executeRun(run: RunTask, known?: KnownPlace, storing = Promise.resolve(true)): LiveRun {
  const { live, settle } = openLiveRun({ ...run, stored: false });
  // Which model `auto` is will be known only later.
  dropPendingTitles(run.options.model === autoModelId ? undefined : run.options.model);
  const span = startRunSpan(run);
  const written = write(run, { live, span, known }).then((outcome) => {
    endRunSpan(span, outcome, () => live.log.builder.text());
    return outcome;
  });
  void storing
    .catch(() => false)
    .then((isStored) => (isStored ? showAndFinish(run, live, written) : giveUp(live, written)))
    .then(settle)
    .then(() => (live.stored ? advanceQueue(run) : undefined));
  return live;
}

/** Tells the owner's pages of a run that is stored, and stores its end when it comes. */
async function showAndFinish(run: RunTask, live: LiveRun, written: Promise<RunOutcome>): Promise<void> {
  live.stored = true;
  void publishChatEvent(run.ownerId, { type: "run-started", conversationId: run.conversationId, runId: run.id });
  await finishRun(run, live, await written);
}

/** Ends a run of which nothing may stay. Whoever asked for it was told why. */
async function giveUp(live: LiveRun, written: Promise<RunOutcome>): Promise<void> {
  live.controller.abort("interrupted");
  await written;
  live.log.end();
}

/** Begins a run that was just stored: now when it was claimed, else when its turn comes. */
export function beginRun(by: InConversation, claimed: RunTask | null, known?: KnownPlace): void {
  if (claimed) executeRun(claimed, known);
  // The run before it may have ended while this one was being stored.
  else void advanceQueue(by);
}

/** Starts the run that waits longest in a conversation, unless one is running or the conversation is deleted. Safe to call at any time, on any instance. */
export async function advanceQueue({ conversationId, ownerId }: InConversation): Promise<void> {
  if (isShuttingDown()) return;
  try {
    const next = await db().transaction(async (tx) => {
      await lockConversation(tx, { id: conversationId, ownerId });
      return claimRun(tx, { conversationId, ownerId });
    });
    if (next) inBackground(() => executeRun(next));
  } catch (error) {
    if (error instanceof NotFoundError) return;
    log().error({ err: error, conversationId }, "the next run could not start; the sweep will start it");
  }
}

type Writing = { live: LiveRun; span: Span; known?: KnownPlace };

async function write(run: RunTask, { live, span, known }: Writing): Promise<RunOutcome> {
  const runLog = log().child({ requestId: live.requestId, runId: run.id, userId: run.ownerId });
  try {
    const { branch, ...place } = await findRunPlace(run, known);
    live.log.append(startChunk(run, place));
    const reply = branch.find((message) => message.id === run.messageId) ?? { parts: [] };
    const resumes = run.continues && hasContent(reply);
    const replayed = resumes ? chunksOf(withoutTruncatedNote(reply.parts), { leaveOpen: true }) : [];
    for (const chunk of replayed) live.log.append(chunk);
    const history = branch.filter((message) => (message.id === run.messageId ? resumes : hasContent(message)));
    tellQuestion(span, history);
    const emit = resumes ? joining(live.log, replayed) : (chunk: UiChunk) => live.log.append(chunk);
    const { ownerId: userId, id: runId, conversationId, options } = run;
    const { keyId, isFresh, avoidUpstream } = options;
    if (avoidUpstream) await avoidHost(conversationId, avoidUpstream);
    const key = await getKeyGrant({ keyId, ownerId: userId });
    const { signal } = live.controller;
    const { isAsking, ...result } = await runAgent({
      userId,
      key,
      runId,
      conversationId,
      options,
      isFresh,
      previousRoute: lastRouteOf(branch),
      history,
      emit,
      span,
      signal,
    });
    return { status: isAsking ? "awaiting-approval" : "complete", ...result };
  } catch (error) {
    return outcomeOf(error, live.controller.signal, runLog);
  }
}

/** How the newest reply was decided whose model was left to Hearth; a reply that is gone on with has its own. */
function lastRouteOf(branch: BranchMessage[]): RouteDecision | undefined {
  return branch.findLast(({ route }) => route)?.route ?? undefined;
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
