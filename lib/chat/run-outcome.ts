import type { Logger } from "pino";
import type { MessageUsage, RouteDecision, RunError, UiChunk } from "@/db/schema/json";
import { AgentInterruption } from "@/lib/agent/run-agent";
import { AppError, ModelError } from "@/lib/core/errors";

/** How a run ended. */
export type RunOutcome = {
  status: "complete" | "awaiting-approval" | "stopped" | "interrupted" | "failed";
  model?: string;
  usage?: MessageUsage;
  /** How the model was chosen, when it was left to Hearth. */
  route?: RouteDecision;
  error?: RunError;
  /** Of a complete reply: that it ended at its longest length. */
  truncated?: boolean;
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
    return { code: cause.code, reason: cause.reason, message: cause.message, retryAfterS: cause.retryAfterS };
  }
  if (cause instanceof AppError && cause.status < 500) {
    log.info({ code: cause.code }, "a run was refused");
    return { code: cause.code, message: cause.message, retryAfterS: cause.retryAfterS };
  }
  log.error({ err: cause }, "a run failed");
  return { code: "internal", message: "Something went wrong on our side while the reply was written. Try again; the log has the details." };
}

const finishReasons = {
  complete: "stop",
  "awaiting-approval": "tool-calls",
  failed: "error",
  stopped: "interrupted",
  interrupted: "interrupted",
} as const;

/** The chunks that end a reply in the given way. */
export function endChunks(outcome: RunOutcome): UiChunk[] {
  const { status, model, usage, route, error, truncated = false } = outcome;
  const messageMetadata = { status, model, usage, route, error, truncated };
  if (error)
    return [
      { type: "message-metadata", messageMetadata },
      { type: "error", errorText: error.message },
    ];
  return [{ type: "finish", finishReason: status === "complete" && truncated ? "length" : finishReasons[status], messageMetadata }];
}
