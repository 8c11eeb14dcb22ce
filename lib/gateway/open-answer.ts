import { fetch as undiciFetch } from "undici";
import { connectionError } from "./connection-error";
import { agentOf } from "./host-agents";
import { readErrorWords } from "./read-error-words";
import { statusError } from "./status-error";
import type { Upstream } from "./upstream";

export type HostRequest = {
  path: string;
  /** GET, or POST when there is a body, unless told. */
  method?: "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** What the host is asked about, for the sentence of a failure; a model's name, or `its list of models`. */
  about: string;
  /** What an answer without success means, where it is not what it means for a call. */
  refusal?: (status: number, words: string) => Error;
};

/** The body of a host's good answer to a question that is no model call. @throws ModelError; the signal's reason when it is aborted */
export async function openAnswer(upstream: Upstream, request: HostRequest): Promise<ReadableStream<Uint8Array> | null> {
  const { path, body, headers, signal, about, refusal } = request;
  const url = new URL(`${upstream.baseUrl}${path}`);
  const init = {
    method: request.method ?? (body ? "POST" : "GET"),
    headers: { "content-type": "application/json", ...headers },
    body: body ? JSON.stringify(body) : undefined,
    signal,
  };
  const unreachable = (error: unknown) => (signal.aborted ? signal.reason : connectionError(error, { upstream }));
  const response = await undiciFetch(url, { ...init, redirect: "manual", dispatcher: agentOf(url.origin) }).catch((error) => {
    throw unreachable(error);
  });
  const reply = response.body as ReadableStream<Uint8Array> | null;
  if (response.ok) return reply;
  const words = await readErrorWords(reply).catch((error) => {
    throw unreachable(error);
  });
  throw refusal?.(response.status, words) ?? statusError(response.status, words, { upstream, modelId: "", modelName: about });
}
