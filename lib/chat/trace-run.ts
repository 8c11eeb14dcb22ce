import type { UIMessage } from "ai";
import { autoModelId } from "@/lib/core/auto-model-id";
import { refusedRequest } from "@/lib/monitoring/spans/error-words";
import { type Span, startTrace } from "@/lib/monitoring/spans/start-span";
import type { RunOutcome } from "./run-outcome";

type Traced = { id: string; ownerId: string; conversationId: string; messageId: string; options: { model?: string } };

/** Begins the trace of a run. Nothing that was said is kept of one that is `isTemporary`. */
export function startRunSpan({ id, ownerId, conversationId, messageId, options }: Traced, { isTemporary = false } = {}): Span {
  const model = options.model === autoModelId ? undefined : options.model;
  const facts = { operation: "invoke_agent", agent: "Hearth", messageId, requestModel: options.model };
  return startTrace({
    traceId: id,
    ownerId,
    conversationId,
    kind: "run",
    name: "Reply",
    model,
    facts,
    isLive: true,
    isPrivate: isTemporary,
  });
}

/** Keeps what the run answers, where that is wanted. */
export function tellQuestion(span: Span, history: UIMessage[]): void {
  if (!span.keepsContent) return;
  const question = history.findLast(({ role }) => role === "user");
  span.tell({ input: question?.parts.map((part) => (part.type === "text" ? part.text : "")).join("") });
}

/** Ends the trace of a run as the run ended; `text` gives the reply. */
export function endRunSpan(span: Span, { status, model, error, route }: RunOutcome, text: () => string): void {
  if (span.keepsContent) span.tell({ output: text() });
  span.note({ responseModel: model, choice: route?.why, errorType: error?.reason ?? error?.code }, model);
  if (status === "complete" || status === "awaiting-approval") span.end();
  else if (status === "failed")
    span.end({ error: error?.reason === "bad_request" && !span.keepsContent ? refusedRequest : (error?.message ?? "The run failed.") });
  else span.end({ status: "stopped" });
}
