import { callerOf } from "@/lib/auth/caller";
import { AppError, BudgetExceededError } from "@/lib/core/errors";
import { createOtherMethods } from "@/lib/http/other-methods";
import { type AnswerError, createRoute } from "@/lib/http/route";
import { toOpenaiError } from "./openai-error";

/** What Node, undici and Next call the error of a connection that the client closed. Nobody reads the answer. */
const clientIsGone = new Set(["AbortError", "ResponseAborted"]);

const answerError: AnswerError = (error, requestId, requestLog) => {
  if (error instanceof Error && clientIsGone.has(error.name)) return new Response(null, { status: 499 });
  const { status, body } = toOpenaiError(error, requestId);
  if (status >= 500) requestLog.error({ err: error, code: body.error.code }, "request failed");
  const headers = new Headers({ "cache-control": "no-store", ...(error instanceof AppError && error.headers) });
  const retryAfterS = (error as { retryAfterS?: number } | null)?.retryAfterS;
  if (retryAfterS) headers.set("retry-after", String(retryAfterS));
  // The official clients try any 429 again at once, which cannot fill a budget; they obey this header.
  if (error instanceof BudgetExceededError) headers.set("x-should-retry", "false");
  return Response.json(body, { status, headers });
};

/** Makes a route handler under `/v1`: like `route()`, with errors in OpenAI's shape. */
export const openaiRoute = createRoute(callerOf, answerError);

/** Fills the rest of a route file under `/v1`: like `otherMethods()`, with refusals in OpenAI's shape. */
export const openaiOtherMethods = createOtherMethods(answerError);
