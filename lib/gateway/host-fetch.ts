import { fetch as undiciFetch } from "undici";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import { connectionError } from "./connection-error";
import { guardReply } from "./guard-reply";
import { agentOf } from "./host-agents";
import { readErrorWords } from "./read-error-words";
import { statusError } from "./status-error";
import type { WireFormat } from "./wire/wire-format";

export type FetchOptions = {
  wire: WireFormat;
  /** Changes the request's body where the provider package cannot. */
  adaptBody?: (body: Record<string, unknown>) => Record<string, unknown>;
};

/**
 * The `fetch` that a provider package gets for one attempt: on the host's kept connections, ended by the attempt's timers
 * and by the caller's abort, with the reply guarded.
 * It throws ModelError for every failure before the reply; failures within it are the attempt's.
 */
export function hostFetch(attempt: Attempt, { wire, adaptBody }: FetchOptions): typeof globalThis.fetch {
  const { target, signal } = attempt;
  return async (input, init) => {
    const url = new URL(String(input));
    const body = adaptBody ? JSON.stringify(adaptBody(JSON.parse(String(init?.body)))) : init?.body;
    const request = {
      method: init?.method,
      headers: init?.headers,
      body,
      signal,
      redirect: "manual",
      dispatcher: agentOf(url.origin),
    } as Parameters<typeof undiciFetch>[1];
    const response = await undiciFetch(url, request).catch((error) => {
      // A timer's failure has a better sentence than the abort it caused.
      if (signal.aborted) throw attempt.failure ?? signal.reason;
      throw connectionError(error, target);
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw callError(
        "bad_reply",
        `${hostLabel(target.upstream)} sends callers elsewhere (status ${response.status}). Set its address to the final one.`,
      );
    }
    const reply = response.body as ReadableStream<Uint8Array> | null;
    if (!response.ok) throw statusError(response.status, await readErrorWords(reply), target);
    const contentType = response.headers.get("content-type") ?? "";
    if (!reply || !wire.contentType.test(contentType)) {
      await reply?.cancel();
      throw callError(
        "bad_reply",
        `${hostLabel(target.upstream)} answered with ${contentType.slice(0, 60) || "no content type"} in place of a reply.`,
      );
    }
    return new Response(guardReply(reply, wire, attempt), { status: response.status, headers: [...response.headers] });
  };
}
