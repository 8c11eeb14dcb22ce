import type { Problem } from "@/lib/core/problem";
import { ApiError, failureText } from "./api-error";

/** What came of something that was asked for, as forms and buttons need it; a server action gives no less. */
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; problem: Pick<Problem, "detail" | "issues"> };

/**
 * What came of a request to our API. What can take long is asked for in this way: the server actions of a tab run one after
 * another, so that one which waits for a host would hold up all others.
 */
export async function outcomeOf<Value>(asked: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { ok: true, value: await asked };
  } catch (error) {
    return { ok: false, problem: { detail: failureText(error), issues: error instanceof ApiError ? error.issues : undefined } };
  }
}
