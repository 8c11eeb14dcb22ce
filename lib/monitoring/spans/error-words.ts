import { AppError, ModelError } from "@/lib/core/errors";
import { withoutValues } from "@/lib/core/log";

/** In the place of a host's own words on a request, which may repeat it. */
export const refusedRequest = "The host did not accept the request.";

/** What a span says of an error. What may repeat what was said, as a host's word on a request, is left out where that is not kept. */
export function errorWords(error: unknown, keepsContent: boolean): string {
  if (typeof error === "string") return error;
  if (error instanceof ModelError && error.reason === "bad_request" && !keepsContent) return refusedRequest;
  if (error instanceof AppError) return error.message;
  return keepsContent && error instanceof Error ? withoutValues(error.message) : "Something went wrong; the log has the details.";
}

/** The kind of an error, for `error.type`: a model's reason, a code, or the error's class. */
export function errorType(error: unknown): string | undefined {
  if (typeof error === "string") return undefined;
  if (error instanceof ModelError) return error.reason;
  if (error instanceof AppError) return error.code;
  return error instanceof Error ? error.name : "error";
}
