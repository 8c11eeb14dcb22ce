import type { ChatOptions } from "@/db/schema/json";
import { runAgent } from "@/lib/agent/run-agent";
import type { AgentRun } from "@/lib/agent/run-input";
import { getKeyGrant } from "@/lib/auth/keys/get-key-grant";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { admitMessage } from "./admit-message";
import { findLiveRun, type LiveRun, openLiveRun } from "./live-runs";
import { settleTools, textParts } from "./message-parts";
import { endChunks, outcomeOf, type RunOutcome } from "./run-outcome";
import type { Message, Run } from "./shapes";
import type { StartedRun } from "./start-run";
import { endRunSpan, startRunSpan } from "./trace-run";

type TemporaryRun = { live: LiveRun; started: StartedRun; startedAt: Date; endedAt?: Date; model?: string; outcome?: RunOutcome };

type Given = {
  ownerId: string;
  keyId?: string;
  text: string;
  options: ChatOptions;
  isFresh?: boolean;
  /** What was said before, oldest first: whoever asks keeps it. */
  earlier?: { role: "user" | "assistant"; text: string }[];
} & Pick<AgentRun, "purpose">;

const registry = () => processGlobal("temporary-runs", () => new WeakMap<LiveRun, TemporaryRun>());

/** Answers one message without storing anything of it: the exchange lives in memory until a minute after its end. @throws as `startRun` does */
export async function startTemporaryRun(given: Given): Promise<StartedRun> {
  const { ownerId, text, options } = given;
  const rateHeaders = await admitMessage(ownerId, text, options);
  const started = { runId: newId(), conversationId: newId(), messageId: newId(), rateHeaders };
  const { live, settle } = openLiveRun({ id: started.runId, ownerId, conversationId: started.conversationId, stored: false });
  const temporary: TemporaryRun = { live, started, startedAt: new Date(), model: options.model };
  registry().set(live, temporary);
  void write(temporary, given).then(settle);
  return started;
}

async function write(temporary: TemporaryRun, given: Given): Promise<void> {
  const { ownerId, keyId, text, options, isFresh, purpose, earlier = [] } = given;
  const { live, started } = temporary;
  const { runId, conversationId, messageId } = started;
  const metadata = { conversationId, runId, parentId: null, siblings: [messageId], status: "running", model: options.model };
  live.log.append({ type: "start", messageId, messageMetadata: metadata });
  const said = [...earlier, { role: "user" as const, text }];
  const history = said.map((one) => ({ id: newId(), role: one.role, parts: textParts(one.text) }));
  const { signal } = live.controller;
  const span = startRunSpan({ id: runId, ownerId, conversationId, messageId, options }, { isTemporary: true });
  try {
    const { isAsking: _, ...result } = await runAgent({
      userId: ownerId,
      key: await getKeyGrant({ keyId, ownerId }),
      runId,
      conversationId,
      options,
      purpose,
      isFresh,
      isTemporary: true,
      history,
      emit: (chunk) => live.log.append(chunk),
      span,
      signal,
    });
    temporary.outcome = { status: "complete", ...result };
  } catch (error) {
    temporary.outcome = outcomeOf(error, signal, log().child({ requestId: live.requestId, runId, userId: ownerId }));
  }
  endRunSpan(span, temporary.outcome, () => "");
  temporary.endedAt = new Date();
  live.log.seal(endChunks(temporary.outcome));
  live.log.end();
}

function find(by: { runId: string; ownerId: string }): TemporaryRun | null {
  const live = findLiveRun({ id: by.runId, ownerId: by.ownerId });
  return (live && registry().get(live)) ?? null;
}

/** How a temporary run stands, or null when there is none of that id. */
export function findTemporaryRun(by: { runId: string; ownerId: string }): Run | null {
  const found = find(by);
  if (!found) return null;
  const { started, startedAt, endedAt, outcome, model } = found;
  const { conversationId, messageId } = started;
  const at = { startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
  return {
    id: by.runId,
    conversationId,
    messageId,
    status: outcome?.status ?? "running",
    model: outcome?.model ?? model ?? null,
    ...at,
    error: outcome?.error,
  };
}

/** The reply of a temporary run, or null when there is none of that id. */
export function findTemporaryMessage(by: { runId: string; ownerId: string }): Message | null {
  const found = find(by);
  if (!found) return null;
  const { live, started, startedAt, outcome } = found;
  const { builder } = live.log;
  const { conversationId, messageId: id } = started;
  const written = {
    parts: settleTools(builder.parts),
    text: builder.text(),
    status: outcome?.status ?? "running",
    ...(outcome?.truncated && { truncated: true as const }),
    model: outcome?.model,
    usage: outcome?.usage,
    route: outcome?.route,
    error: outcome?.error,
  };
  return { id, conversationId, parentId: null, role: "assistant", ...written, createdAt: startedAt.toISOString() } as Message;
}
