import { ModelError } from "@/lib/core/errors";
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
  const named = causesOf(error).find((cause) => cause instanceof ModelError);
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
  const words = causesOf(error).at(-1)?.message ?? String(error);
  return callError("bad_reply", `${host} could not take the call: ${quote(words, upstream)}.`, error);
}

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
