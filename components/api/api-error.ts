import type { Problem } from "@/lib/core/problem";

type Given = Pick<Problem, "status" | "code" | "issues"> & { message: string; requestId?: string };

/** What our server said when it would not do something, or that it could not be reached (`status` 0, code `offline`). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId?: string;
  /** The faults of single fields, by the field's name in the body. */
  readonly issues?: Problem["issues"];
  constructor(given: Given) {
    super(given.message);
    this.status = given.status;
    this.code = given.code;
    this.requestId = given.requestId;
    this.issues = given.issues;
  }
}

type ProblemText = Partial<Pick<Problem, "code" | "detail" | "requestId" | "issues">>;

/** Reads problem+json; anything else (a proxy's page, say) becomes a plain sentence. */
export function toApiError(status: number, body: string): ApiError {
  const problem = parseProblem(body);
  return new ApiError({
    status,
    code: problem?.code ?? "internal",
    message: problem?.detail ?? `The server answered ${status}. Try again in a moment.`,
    requestId: problem?.requestId,
    issues: problem?.issues?.map(({ path, message }) => ({ path: path.replace(/^body\./, ""), message })),
  });
}

/** The error for a server that did not answer at all. */
export function unreachable(): ApiError {
  return new ApiError({
    status: 0,
    code: "offline",
    message: "Hearth cannot be reached. Check the connection; nothing you wrote is lost.",
  });
}

/** What went wrong with a request, in words. */
export function failureText(error: unknown): string {
  return error instanceof ApiError ? error.message : unreachable().message;
}

function parseProblem(body: string): ProblemText | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}
