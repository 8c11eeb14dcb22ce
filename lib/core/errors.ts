/** Where in the input something is wrong. `path` is dotted, as in `body.message`. */
export type Issue = { path: string; message: string };

/**
 * An error that people and programs are meant to see.
 * `code` is stable, `status` is the HTTP status, `message` says what happened and what to do.
 */
export abstract class AppError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;
  readonly issues?: Issue[];
  readonly retryAfterS?: number;
  /** Further headers of the answer that tells it, by lower-case name. */
  readonly headers?: Record<string, string>;
}

export class InvalidRequestError extends AppError {
  readonly code = "invalid_request";
  readonly status = 400;
  override readonly issues: Issue[];
  constructor(message: string, issues: Issue[] = []) {
    super(message);
    this.issues = issues;
  }
}

export class UnauthenticatedError extends AppError {
  readonly code = "unauthenticated";
  readonly status = 401;
  constructor(message = "Sign in first: the session or token is missing, expired or revoked.") {
    super(message);
  }
}

export class ForbiddenError extends AppError {
  readonly code = "forbidden";
  readonly status = 403;
  constructor(message = "Your account may not do this. Ask an admin.") {
    super(message);
  }
}

export class NotFoundError extends AppError {
  readonly code = "not_found";
  readonly status = 404;
  constructor(what: string, id: string) {
    super(`There is no ${what} ${id}, or it is not yours.`);
  }
}

export class MethodNotAllowedError extends AppError {
  readonly code = "method_not_allowed";
  readonly status = 405;
  /** @param allow the methods that are answered here, as in "GET, HEAD" */
  constructor(method: string, allow: string) {
    super(`Nothing here answers ${method}. Use one of: ${allow}.`);
  }
}

export class ConflictError extends AppError {
  readonly code = "conflict";
  readonly status = 409;
}

export class TooLargeError extends AppError {
  readonly code = "too_large";
  readonly status = 413;
  constructor(limitBytes: number) {
    super(`The request body is larger than ${limitBytes} bytes. Send less.`);
  }
}

export class UnsupportedTypeError extends AppError {
  readonly code = "unsupported_type";
  readonly status = 415;
  constructor() {
    super("Send the body as JSON, with Content-Type: application/json.");
  }
}

export class RateLimitedError extends AppError {
  readonly code = "rate_limited";
  readonly status = 429;
  override readonly retryAfterS: number;
  override readonly headers: Record<string, string>;
  /** @param what as in "messages" · `headers` those that tell how the limit stands */
  constructor(what: string, retryAfterS: number, headers: Record<string, string> = {}) {
    super(`Too many ${what}. Try again in ${retryAfterS} seconds.`);
    this.retryAfterS = retryAfterS;
    this.headers = headers;
  }
}

export class BudgetExceededError extends AppError {
  readonly code = "budget_exceeded";
  readonly status = 402;
  /** @param whose as in "your budget for today" · `resetsAt` when the next period begins */
  constructor(whose: string, resetsAt: Date) {
    super(`This call could cost more than is left of ${whose}. It is full again at ${resetsAt.toISOString()}; an admin can raise it.`);
  }
}

/** Why a model call failed. Each value has one sentence of advice in `lib/gateway/call-error.ts`. */
export type ModelFailure =
  | "host_refused"
  | "key_rejected"
  | "model_not_installed"
  | "context_too_long"
  | "timed_out"
  | "overloaded"
  | "broke_off"
  | "bad_reply"
  | "bad_request"
  | "crashed"
  | "refused_by_policy"
  | "no_model";

/** What a host told with a failure: how long it asked to be left alone, and the HTTP status it answered with. */
export type HostAnswer = { retryAfterS?: number; hostStatus?: number };

/** A model could not answer. `reason` tells why; `status` is 504 for time-outs, else 503. */
export class ModelError extends AppError {
  readonly code: "model_unavailable" | "model_timeout";
  readonly status: number;
  readonly reason: ModelFailure;
  override readonly retryAfterS?: number;
  readonly hostStatus?: number;
  constructor(reason: ModelFailure, message: string, { retryAfterS, hostStatus, ...options }: ErrorOptions & HostAnswer = {}) {
    super(message, options);
    this.reason = reason;
    this.retryAfterS = retryAfterS;
    this.hostStatus = hostStatus;
    this.code = reason === "timed_out" ? "model_timeout" : "model_unavailable";
    this.status = reason === "timed_out" ? 504 : 503;
  }
}
