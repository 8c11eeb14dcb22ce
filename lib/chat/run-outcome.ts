import type { Logger } from "pino";
import type { MessageUsage, RunError, UiChunk } from "@/db/schema/json";
import { AgentInterruption } from "@/lib/agent/run-agent";
import { AppError, ModelError } from "@/lib/core/errors";

/** How a run ended. */
export type RunOutcome = {
  status: "complete" | "stopped" | "interrupted" | "failed";
  model?: string;
  usage?: MessageUsage;
  error?: RunError;
};

/** What a thrown error means for the run. What people may not see is logged and hidden. */
export function outcomeOf(error: unknown, signal: AbortSignal, log: Logger): RunOutcome {
  const known = error instanceof AgentInterruption ? error.result : {};
  const cause = error instanceof AgentInterruption ? error.cause : error;
  if (signal.aborted && (signal.reason === "stopped" || signal.reason === "interrupted")) return { ...known, status: signal.reason };
  return { ...known, status: "failed", error: describe(cause, log) };
}

function describe(cause: unknown, log: Logger): RunError {
  if (cause instanceof ModelError) {
    log.warn({ reason: cause.reason, err: cause }, "the model could not answer");
    return { code: cause.code, reason: cause.reason, message: cause.message };
  }
  log.error({ err: cause }, "a run failed");
  if (cause instanceof AppError) return { code: cause.code, message: cause.message };
  return { code: "internal", message: "Something went wrong on our side while the reply was written. Try again; the log has the details." };
}

/** The chunks that end a reply in the given way. */
export function endChunks({ status, model, usage, error }: RunOutcome): UiChunk[] {
  const metadata: UiChunk = { type: "message-metadata", messageMetadata: { status, model, usage, error } };
  const finishReason = status === "complete" ? "stop" : status === "failed" ? "error" : "interrupted";
  const finish: UiChunk = { type: "finish", finishReason, messageMetadata: { status, model, usage, error } };
  return error ? [metadata, { type: "error", errorText: error.message }] : [finish];
}
