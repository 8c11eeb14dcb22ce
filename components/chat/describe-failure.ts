import { ApiError, toApiError, unreachable } from "@/components/api/api-error";

/** `isRefusal`: the server answered and would not do it. `status` is 0 when it could not be reached. */
export type Failure = { message: string; status: number; requestId?: string; isRefusal: boolean };

/** What a thrown value means to the reader: our API's errors, the AI SDK's wrapped ones, a lost connection. */
export function describeFailure(error: unknown): Failure {
  const known = toKnown(error);
  return { message: known.message, status: known.status, requestId: known.requestId, isRefusal: known.status >= 400 };
}

function toKnown(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (isResponseError(error)) return toApiError(error.statusCode, error.responseBody ?? "");
  if (error instanceof TypeError) return unreachable();
  return new ApiError({
    status: -1,
    code: "internal",
    message: error instanceof Error ? error.message : "Something went wrong in this page.",
  });
}

function isResponseError(error: unknown): error is { statusCode: number; responseBody?: string } {
  return typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number";
}
