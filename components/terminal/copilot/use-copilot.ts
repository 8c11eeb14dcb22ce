import { useEffect, useRef, useState } from "react";
import { api } from "@/components/api/api";
import { ApiError, toApiError, unreachable } from "@/components/api/api-error";
import { readReply } from "@/components/chat/reply-stream";
import type { stopRun } from "@/lib/chat/contract";
import type { askCopilot } from "@/lib/chat/copilot/contract";
import { type Attachment, composeQuestion } from "./compose-question";

/** A question and what came of it. `problem` says in words why there is no answer, or not all of it. */
export type Turn = {
  id: number;
  question: string;
  attachment: Attachment | null;
  answer: string;
  state: "waiting" | "writing" | "done" | "stopped" | "failed";
  problem?: string;
  /** Its place in line for the model, from 1. */
  place?: number;
};

/** Turns that the model sees again with the next question. */
const rememberedTurns = 8;

/** A conversation about a terminal: kept by this page alone, and gone with it. */
export function useCopilot(modelId: string | null) {
  const [turns, setTurns] = useState<Turn[]>([]);
  const running = useRef<{ runId?: string; controller: AbortController } | null>(null);
  const isRunning = turns.at(-1)?.state === "waiting" || turns.at(-1)?.state === "writing";

  const stop = () => {
    const { runId, controller } = running.current ?? {};
    running.current = null;
    controller?.abort();
    // The run would go on without readers. One that has ended by now needs no stop.
    if (runId) void api<typeof stopRun>("POST", `/api/v1/runs/${runId}/stop`).catch(() => undefined);
    setTurns((now) => now.map((turn) => (turn.state === "waiting" || turn.state === "writing" ? { ...turn, state: "stopped" } : turn)));
  };
  useEffect(() => () => running.current?.controller.abort(), []);

  const ask = async (question: string, attachment: Attachment | null) => {
    const id = (turns.at(-1)?.id ?? 0) + 1;
    const change = (changes: Partial<Turn>) => setTurns((now) => now.map((turn) => (turn.id === id ? { ...turn, ...changes } : turn)));
    setTurns((now) => [...now, { id, question, attachment, answer: "", state: "waiting" }]);
    const run: NonNullable<typeof running.current> = { controller: new AbortController() };
    running.current = run;
    let answer = "";
    try {
      const body = { question: composeQuestion(question, attachment), earlier: earlierOf(turns), model: modelId ?? undefined };
      for await (const chunk of readReply(await openAnswer(body, run.controller.signal))) {
        if (chunk.type === "start") run.runId = (chunk.messageMetadata as { runId?: string } | undefined)?.runId;
        if (chunk.type === "data-queue") change({ place: (chunk.data as number) || undefined });
        if (chunk.type === "error") throw new ApiError({ status: 200, code: "failed", message: chunk.errorText });
        if (chunk.type !== "text-delta") continue;
        answer += chunk.delta;
        change({ answer, state: "writing", place: undefined });
      }
      change(answer ? { state: "done" } : { state: "failed", problem: "The model answered nothing. Ask again, or choose another model." });
    } catch (error) {
      if (run.controller.signal.aborted) return;
      change({ state: "failed", problem: error instanceof ApiError ? error.message : "The connection broke off. Ask again." });
    } finally {
      if (running.current === run) running.current = null;
    }
  };
  const clear = () => {
    stop();
    setTurns([]);
  };
  return { turns, isRunning, ask, stop, clear };
}

type Body = { question: string; earlier: { role: "user" | "assistant"; text: string }[]; model?: string };

async function openAnswer(body: Body, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const path: (typeof askCopilot)["path"] = "/api/terminal/copilot";
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  }).catch((error) => {
    throw signal.aborted ? error : unreachable();
  });
  if (!response.ok || !response.body) throw toApiError(response.status, await response.text());
  return response.body;
}

function earlierOf(turns: Turn[]): Body["earlier"] {
  const answered = turns.filter(({ answer }) => answer.trim()).slice(-rememberedTurns);
  return answered.flatMap(({ question, attachment, answer }) => [
    { role: "user" as const, text: composeQuestion(question, attachment) },
    { role: "assistant" as const, text: answer },
  ]);
}
