import type { ModelError, ModelFailure } from "@/lib/core/errors";
import { callError, hostLabel, quote, type Target } from "./call-error";

/** How hosts say that a prompt does not fit: Ollama, llama.cpp, vLLM, OpenAI, Anthropic and Google each in their own words. */
const tooLong =
  /context[ _](length|window|size)|exceeds? the (available )?context|maximum context|prompt is too long|input (token count|length).*exceed|too many (input )?tokens/i;

/** How they say that their rules for content forbid an answer: Azure, OpenAI, Anthropic, OpenRouter and another Hearth. */
const refused =
  /content[_ ](filter|management policy|policy)|safety system|flagged as potentially violating|input was flagged|rules for content forbid/i;

/** The failure that an HTTP status and the host's own words mean. `retryAfter` is the header of that name. */
export function statusError(status: number, words: string, { upstream, modelName }: Target, retryAfter?: string | null): ModelError {
  const host = hostLabel(upstream);
  const said = words ? ` It said: ${quote(words, upstream)}` : "";
  const end = said && !/[.!?…]$/.test(said) ? `${said}.` : said;
  const reason = reasonOf(status, words);
  if (reason === "refused_by_policy") return refusedByPolicy({ upstream, modelName }, status);
  const what: Partial<Record<ModelFailure, string>> = {
    key_rejected: `${host} rejected the key (status ${status}).`,
    model_not_installed: `${host} does not have the model ${modelName}.`,
    context_too_long: `The conversation is longer than ${modelName} on ${host} can take.`,
    overloaded: `${host} is too busy for ${modelName} (status ${status}).`,
    crashed: `${host} failed inside while running ${modelName} (status ${status}).`,
    timed_out: `${host} gave up waiting for ${modelName} (status ${status}).`,
  };
  const sentence = what[reason] ?? `${host} did not accept the request for ${modelName} (status ${status}).`;
  return callError(reason, `${sentence}${end}`, undefined, { retryAfterS: secondsOf(retryAfter), hostStatus: status });
}

/** A provider whose rules for content forbid an answer. Its words are left out: they may repeat what was written. */
function refusedByPolicy({ upstream, modelName }: Pick<Target, "upstream" | "modelName">, hostStatus?: number): ModelError {
  const what = `${hostLabel(upstream)} did not let ${modelName} answer: its rules for content forbid it.`;
  return callError("refused_by_policy", what, undefined, { hostStatus });
}

/** Seconds of a Retry-After header, which gives them or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function secondsOf(header: string | null | undefined): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : secondsUntil(header);
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** JavaScript would read a date into almost any number: a real one has its month in words. */
const secondsUntil = (date: string) => (/[a-z]{3}/i.test(date) ? (Date.parse(date) - Date.now()) / 1000 : Number.NaN);

/** The failure that a host's words mean when they come in place of, or in the middle of, a reply. */
export function spokenError(words: string, { upstream, modelName }: Target, hadContent: boolean): ModelError {
  const host = hostLabel(upstream);
  const said = `It said: ${quote(words, upstream)}.`;
  if (tooLong.test(words))
    return callError("context_too_long", `The conversation is longer than ${modelName} on ${host} can take. ${said}`);
  if (refused.test(words)) return refusedByPolicy({ upstream, modelName });
  if (/overloaded|server busy|rate.?limit|capacity/i.test(words))
    return callError("overloaded", `${host} is too busy for ${modelName}. ${said}`);
  if (hadContent) return callError("broke_off", `${host} broke off in the middle of ${modelName}'s reply. ${said}`);
  return callError("crashed", `${host} failed while running ${modelName}. ${said}`);
}

function reasonOf(status: number, words: string): ModelFailure {
  if (refused.test(words) && (status === 400 || status === 403 || status === 422)) return "refused_by_policy";
  // Google answers a wrong key with 400.
  if (status === 401 || status === 403 || (status === 400 && /api key not valid/i.test(words))) return "key_rejected";
  if (tooLong.test(words) && status < 500) return "context_too_long";
  if (status === 404) return "model_not_installed";
  if (status === 408 || status === 504) return "timed_out";
  if (status === 429 || status === 503 || status === 529) return "overloaded";
  if (status === 400 || status === 413 || status === 422) return "bad_request";
  return status >= 500 ? "crashed" : "bad_reply";
}
