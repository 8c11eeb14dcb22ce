import { AppError, BudgetExceededError, ForbiddenError, InvalidRequestError, ModelError, NotFoundError } from "@/lib/core/errors";

/** What programs read of an error of OpenAI's: https://platform.openai.com/docs/guides/error-codes */
export type OpenaiErrorBody = { error: { message: string; type: string; param: string | null; code: string | null } };

type ErrorType = "invalid_request_error" | "authentication_error" | "insufficient_quota" | "rate_limit_error" | "server_error";
type Told = { status: number; type: ErrorType; code: string | null; param?: string };

/** An error that is told with a code of OpenAI's own. `param` is the field at fault, as in `messages[0].content`. */
export class OpenaiError extends AppError {
  readonly status: number;
  readonly code: string;
  readonly param: string | undefined;
  constructor(message: string, { code, param, status = 400 }: { code: string; param?: string; status?: number }) {
    super(message);
    this.code = code;
    this.param = param;
    this.status = status;
  }
}

/** By status: what OpenAI calls an error that has no better name. */
const byStatus: Record<number, { type: ErrorType; code: string | null }> = {
  401: { type: "invalid_request_error", code: "invalid_api_key" },
  404: { type: "invalid_request_error", code: "not_found" },
  413: { type: "invalid_request_error", code: "request_too_large" },
  415: { type: "invalid_request_error", code: "unsupported_content_type" },
  429: { type: "rate_limit_error", code: "rate_limit_exceeded" },
};

/**
 * An error's status and body as OpenAI's clients expect them. What is not an AppError keeps its message to itself.
 * A budget that is spent is 429 `insufficient_quota`, as OpenAI tells it, not the 402 of Hearth's own API.
 */
export function toOpenaiError(error: unknown, requestId: string): { status: number; body: OpenaiErrorBody } {
  const { status, type, code, param } = toldOf(error);
  const message =
    error instanceof AppError ? error.message : `Something went wrong on our side. The log has it under request ${requestId}.`;
  return { status, body: { error: { message, type, param: param ?? null, code } } };
}

function toldOf(error: unknown): Told {
  if (!(error instanceof AppError)) return { status: 500, type: "server_error", code: "internal_error" };
  if (error instanceof OpenaiError) return { ...error, type: error.status < 500 ? "invalid_request_error" : "server_error" };
  if (error instanceof ModelError) return toldOfModel(error);
  if (error instanceof BudgetExceededError) return { status: 429, type: "insufficient_quota", code: "insufficient_quota" };
  if (error instanceof InvalidRequestError)
    return { status: 400, type: "invalid_request_error", code: null, param: paramOf(error.issues[0]?.path) };
  if (error instanceof ForbiddenError) return { status: 403, type: "invalid_request_error", code: "insufficient_permissions" };
  if (error instanceof NotFoundError) return { status: 404, type: "invalid_request_error", code: "unknown_url" };
  const named = byStatus[error.status];
  return { status: error.status, type: named?.type ?? "invalid_request_error", code: named?.code ?? error.code };
}

function toldOfModel({ reason, status }: ModelError): Told {
  if (reason === "no_model" || reason === "model_not_installed")
    return { status: 404, type: "invalid_request_error", code: "model_not_found", param: "model" };
  if (reason === "context_too_long")
    return { status: 400, type: "invalid_request_error", code: "context_length_exceeded", param: "messages" };
  // As Azure tells it. OpenAI's clients try a 5xx again, which no rule for content gives way to.
  if (reason === "refused_by_policy") return { status: 400, type: "invalid_request_error", code: "content_filter" };
  // What the host says of the request is for whoever made it: another try would fail the same way.
  if (reason === "bad_request") return { status: 400, type: "invalid_request_error", code: null };
  return { status, type: "server_error", code: reason };
}

/** `body.messages.0.content` as `messages[0].content`. */
function paramOf(path: string | undefined): string | undefined {
  const param = path?.replace(/^(body|query|params)\.?/, "").replaceAll(/\.(\d+)(?=\.|$)/g, "[$1]");
  return param === "" ? undefined : param;
}
