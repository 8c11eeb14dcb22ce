import { ModelError } from "@/lib/core/errors";
import type { Attempt } from "./attempt";
import { callError, hostLabel, quote, type Target } from "./call-error";

const refused: Record<string, string> = {
  ECONNREFUSED: "refuses connections",
  ENOTFOUND: "cannot be found: its name is not known here",
  EAI_AGAIN: "cannot be found: the name service does not answer",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  ECONNRESET: "closed the connection without an answer",
  EPIPE: "closed the connection without an answer",
  UND_ERR_SOCKET: "closed the connection without an answer",
};

/** Why a host could not be asked, as one of the named failures. One that is named already stays, also inside the SDK's own errors. */
export function connectionError(error: unknown, { upstream }: Pick<Target, "upstream">): ModelError {
  const named = namedIn(error);
  if (named) return named;
  const code = codeOf(error);
  const host = hostLabel(upstream);
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT")
    return callError("timed_out", `${host} did not accept a connection in time.`, error);
  if (code && refused[code]) return callError("host_refused", `${host} ${refused[code]}.`, error);
  if (code?.startsWith("HPE_") || code?.startsWith("UND_ERR_HEADERS"))
    return callError("bad_reply", `${host} answered with something that is not HTTP.`, error);
  if (code && /CERT|SELF_SIGNED|UNABLE_TO/.test(code))
    return callError("host_refused", `${host} cannot be trusted: its TLS certificate was not accepted (${code}).`, error);
  if (code && /TLS|SSL|EPROTO/.test(code))
    return callError("host_refused", `${host} could not agree on TLS (${code}). Its address may have to begin with http.`, error);
  if (code) return callError("host_refused", `${host} could not be asked (${code}).`, error);
  return callError("bad_reply", `${host} could not take the call: ${quote(wordsOf(error), upstream)}.`, error);
}

/**
 * Why a try failed. What a provider package throws before the host was asked says nothing of the host: it is a request that
 * cannot be put to a host of that kind.
 */
export function attemptError(error: unknown, { target, isAsked }: Pick<Attempt, "target" | "isAsked">): ModelError {
  if (isAsked) return connectionError(error, target);
  const { upstream, modelName } = target;
  const what = `The request cannot be put to ${modelName} on ${hostLabel(upstream)}: ${quote(wordsOf(error), upstream)}.`;
  return namedIn(error) ?? callError("bad_request", what, error);
}

const namedIn = (error: unknown) => causesOf(error).find((cause) => cause instanceof ModelError);
const wordsOf = (error: unknown) => causesOf(error).at(-1)?.message ?? String(error);

function codeOf(error: unknown): string | undefined {
  for (const cause of causesOf(error)) {
    const { code, errors } = cause as Error & { code?: unknown; errors?: { code?: unknown }[] };
    const found = code ?? errors?.[0]?.code;
    if (typeof found === "string") return found;
  }
  return undefined;
}

/** The error and what caused it, outermost first. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let current = error; current instanceof Error && chain.length < 6; current = current.cause) chain.push(current);
  return chain;
}
