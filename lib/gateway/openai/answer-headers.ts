import type { RouteDecision } from "@/db/schema/json";
import type { ObservedCall } from "./observe-call";

/** Clients and proxies refuse long headers. */
const mostQuestionChars = 200;
const mostWarningChars = 500;

/**
 * The headers that tell who answered a call of `/v1`, what Hearth did for it, and how the caller's limits and budgets stand.
 * A call that is not answered yet, or was refused, has its place in line all the same.
 * Times are in milliseconds.
 */
export function answerHeaders({
  facts,
  firstPosition,
  rateHeaders,
  warnings = [],
  route,
}: Pick<ObservedCall, "facts" | "firstPosition" | "rateHeaders" | "warnings"> & { route?: RouteDecision }): Record<string, string> {
  const standing = {
    ...rateHeaders,
    ...(warnings.length > 0 && { "x-hearth-warning": warningText(warnings) }),
    ...(firstPosition !== undefined && { "x-hearth-queue-position": String(firstPosition) }),
  };
  if (!facts) return standing;
  return {
    ...standing,
    "x-hearth-model": encodeURI(facts.model),
    "x-hearth-upstream": encodeURI(facts.upstream),
    "x-hearth-cache": facts.cache === "similar" ? "hit" : facts.cache,
    ...(facts.similarTo !== undefined && { "x-hearth-cache-question": headerText(facts.similarTo) }),
    "x-hearth-attempts": String(facts.attempts),
    "x-hearth-overhead-ms": facts.overheadMs.toFixed(1),
    ...(route && { "x-hearth-route": headerText(route.why) }),
    ...(firstPosition !== undefined && { "x-hearth-queued-ms": String(Math.round(facts.queuedMs)) }),
  };
}

/** The sentences in one line, as people read it in a log; a group's name may hold what a header cannot. */
function warningText(warnings: string[]): string {
  return warnings
    .join(" ")
    .replace(/[^\x20-\x7e]/gu, "?")
    .slice(0, mostWarningChars);
}

/** A text as a header can carry it, URI-encoded, with … where it was cut. */
function headerText(text: string): string {
  const shown = text.length > mostQuestionChars ? `${text.slice(0, mostQuestionChars).toWellFormed()}…` : text.toWellFormed();
  return encodeURIComponent(shown);
}
