import type { ExitName } from "./exit-codes.ts";

export type Problem = {
  code: string;
  detail: string;
  status?: number;
  requestId?: string;
  issues?: { path: string; message: string }[];
};

/** An error that a person is told in one or two sentences: what happened and what to do. `exit` names the exit code. */
export class CliError extends Error {
  readonly exit: ExitName;
  readonly problem: Problem;
  constructor(exit: ExitName, message: string, problem: Partial<Problem> = {}) {
    super(message);
    this.exit = exit;
    this.problem = { code: exit, detail: message, ...problem };
  }
}

const exitOfCode: Record<string, ExitName> = {
  invalid_request: "usage",
  unauthenticated: "notSignedIn",
  forbidden: "forbidden",
  not_found: "notFound",
  model_unavailable: "model",
  model_timeout: "model",
  rate_limited: "limit",
  budget_exceeded: "limit",
};

/** The exit that stands for one of the API's error codes. */
export function exitOf(code: string | undefined): ExitName {
  return exitOfCode[code ?? ""] ?? "failure";
}
