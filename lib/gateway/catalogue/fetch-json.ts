import { fetch as undiciFetch } from "undici";
import { callError, hostLabel } from "../call-error";
import { connectionError } from "../connection-error";
import { agentOf } from "../host-agents";
import { readErrorWords } from "../read-error-words";
import { statusError } from "../status-error";
import type { Upstream } from "../upstream";
import { readLimited } from "./read-limited";

export type JsonRequest = { path: string; body?: unknown; headers?: Record<string, string>; signal: AbortSignal };

/** One small question to a host, answered in JSON of at most 8 MiB. @throws ModelError; the signal's reason when it is aborted */
export async function fetchJson(upstream: Upstream, { path, body, headers, signal }: JsonRequest): Promise<unknown> {
  const url = new URL(`${upstream.baseUrl}${path}`);
  const request = {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json", ...headers },
    body: body ? JSON.stringify(body) : undefined,
    signal,
  };
  try {
    const response = await undiciFetch(url, { ...request, redirect: "manual", dispatcher: agentOf(url.origin) });
    const reply = response.body as ReadableStream<Uint8Array> | null;
    if (!response.ok)
      throw statusError(response.status, await readErrorWords(reply), { upstream, modelId: "", modelName: "its list of models" });
    return parse(await readLimited(reply), upstream);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw connectionError(error, { upstream });
  }
}

function parse(text: string, upstream: Upstream): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw callError("bad_reply", `${hostLabel(upstream)} answered with something that is not JSON.`);
  }
}
