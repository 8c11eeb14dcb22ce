import { fetch as undiciFetch } from "undici";
import type { Attempt } from "../attempt";
import { callError, hostLabel } from "../call-error";
import { connectionError } from "../connection-error";
import { agentOf } from "../host-agents";
import { readErrorWords } from "../read-error-words";
import { statusError } from "../status-error";

/** 2,048 vectors of 3,072 numbers each, written out. */
const maxBytes = 128 * 1024 * 1024;

/**
 * The `fetch` that a provider package gets for a question that is answered by one JSON document: on the host's kept
 * connections, ended by the attempt's timers and by the caller's abort. It throws ModelError for every failure.
 * @param more fields for the request's body that the package has none for
 */
export function jsonFetch(attempt: Attempt, more: Record<string, unknown> = {}): typeof globalThis.fetch {
  const { target, signal } = attempt;
  const bad = (what: string) => callError("bad_reply", `${hostLabel(target.upstream)} ${what}`);
  return async (input, init) => {
    attempt.isAsked = true;
    const url = new URL(String(input));
    const request = {
      method: init?.method,
      headers: init?.headers,
      body: withFields(init?.body, more),
      signal,
      redirect: "manual",
      dispatcher: agentOf(url.origin),
    } as Parameters<typeof undiciFetch>[1];
    try {
      const response = await undiciFetch(url, request);
      const body = response.body as ReadableStream<Uint8Array> | null;
      if (response.status >= 300 && response.status < 400) throw bad(`sends callers elsewhere (status ${response.status}).`);
      if (!response.ok) throw statusError(response.status, await readErrorWords(body), target, response.headers.get("retry-after"));
      return new Response(await readBytes(body, bad), { status: response.status, headers: { "content-type": "application/json" } });
    } catch (error) {
      if (signal.aborted) throw attempt.failure ?? signal.reason;
      throw connectionError(error, target);
    }
  };
}

function withFields(body: unknown, more: Record<string, unknown>): unknown {
  return Object.keys(more).length > 0 ? JSON.stringify({ ...JSON.parse(String(body)), ...more }) : body;
}

async function readBytes(body: ReadableStream<Uint8Array> | null, bad: (what: string) => Error): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) throw bad(`sent more than ${maxBytes / 1024 / 1024} MiB of vectors.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
