import { AppError, ModelError, type ModelFailure } from "@/lib/core/errors";
import type { Message } from "./shapes";

type RunError = NonNullable<Message["error"]>;

/** Why a call may be refused while a reply is written: by what its caller is allowed, not by a model. */
const refusals: Record<string, number> = { budget_exceeded: 402, forbidden: 403, rate_limited: 429 };

/** A reply that was refused, as a program that waits for it is told. */
class RunRefusal extends AppError {
  readonly code: string;
  readonly status: number;
  override readonly retryAfterS?: number;
  constructor({ code, message, retryAfterS }: RunError, status: number) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfterS = retryAfterS;
  }
}

/** The error that a failed reply is answered with, made again from what was stored of it. */
export function runFailure(error: Message["error"]): Error {
  if (error?.reason) return new ModelError(error.reason as ModelFailure, error.message, { retryAfterS: error.retryAfterS });
  const status = refusals[error?.code ?? ""];
  return error && status ? new RunRefusal(error, status) : new Error(error?.message);
}
