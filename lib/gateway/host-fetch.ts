import type { Readable } from "node:stream";
import { type Dispatcher, request } from "undici";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import { connectionError } from "./connection-error";
import { guardReply } from "./guard-reply";
import { agentOf } from "./host-agents";
import { readErrorWords, readJsonError } from "./read-error-words";
import { spokenError, statusError } from "./status-error";
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
    attempt.isAsked = true;
    const url = new URL(String(input));
    const given = String(init?.body ?? "");
    const body = adaptBody ? JSON.stringify(adaptBody(JSON.parse(given))) : given;
    // Not undici's own `fetch`: for each call it takes about half a millisecond longer to the first bytes.
    const response = await request(url, {
      method: "POST",
      headers: init?.headers as Record<string, string>,
      body,
      signal,
      dispatcher: agentOf(url.origin),
    }).catch((error) => {
      // A timer's failure has a better sentence than the abort it caused.
      if (signal.aborted) throw attempt.failure ?? signal.reason;
      throw connectionError(error, target);
    });
    const { statusCode: status, headers, body: reply } = response;
    // The reply's end, early or not, is told to who reads it; an error event that nobody hears would end the process.
    reply.on("error", () => {});
    if (status >= 300 && status < 400) {
      reply.destroy();
      throw callError(
        "bad_reply",
        `${hostLabel(target.upstream)} sends callers elsewhere (status ${status}). Set its address to the final one.`,
      );
    }
    if (status < 200 || status >= 300) throw statusError(status, await readErrorWords(reply), target, headerOf(headers, "retry-after"));
    const contentType = headerOf(headers, "content-type") ?? "";
    if (!wire.contentType.test(contentType)) throw await noReply(reply, contentType, attempt);
    return new Response(guardReply(reply, wire, attempt), { status, headers: { "content-type": contentType } });
  };
}

const headerOf = (headers: Dispatcher.ResponseData["headers"], name: string) => [headers[name]].flat()[0] ?? null;

/** Why an answer of status 200 is no reply. Some servers tell their errors so, as JSON where a stream was asked for. */
async function noReply(body: Readable, contentType: string, attempt: Attempt) {
  const { target, signal } = attempt;
  const words = /^application\/([\w.-]+\+)?json\b/i.test(contentType) ? await readJsonError(body) : undefined;
  body.destroy();
  if (signal.aborted) return attempt.failure ?? signal.reason;
  if (words) return spokenError(words, target, false);
  const what = contentType.slice(0, 60) || "no content type";
  return callError("bad_reply", `${hostLabel(target.upstream)} answered with ${what} in place of a reply.`);
}
