import type { Readable } from "node:stream";
import { type Dispatcher, request } from "undici";
import { ModelError } from "@/lib/core/errors";
import { asksWhole, rememberRefusedStream } from "./asks-whole";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import { connectionError } from "./connection-error";
import { guardReply } from "./guard-reply";
import { agentOf } from "./host-agents";
import { readErrorWords, readJsonError } from "./read-error-words";
import { readWhole } from "./read-whole";
import { spokenError, statusError } from "./status-error";
import type { WholeFormat, WireFormat } from "./wire/wire-format";

export type FetchOptions = {
  wire: WireFormat;
  /** Changes the request's body where the provider package cannot. */
  adaptBody?: (body: Record<string, unknown>) => Record<string, unknown>;
};

type Sent = { url: URL; headers: Record<string, string>; body: string };

const jsonType = /^application\/([\w.-]+\+)?json\b/i;
const streamType = { headers: { "content-type": "text/event-stream" } };

/**
 * The `fetch` that a provider package gets for one attempt: on the host's kept connections, ended by the attempt's timers
 * and by the caller's abort, with the reply guarded. Where a host is asked for a reply as a whole, or gives one unasked, the
 * package gets it as a stream of one event.
 * It throws ModelError for every failure before the reply; failures within it are the attempt's.
 */
export function hostFetch(attempt: Attempt, { wire, adaptBody }: FetchOptions): typeof globalThis.fetch {
  return async (input, init) => {
    attempt.isAsked = true;
    const given = String(init?.body ?? "");
    const adapted = adaptBody?.(JSON.parse(given));
    const fields = () => adapted ?? (JSON.parse(given) as Record<string, unknown>);
    const to = { url: new URL(String(input)), headers: init?.headers as Record<string, string> };
    const { whole } = wire;
    const askForWhole = (format: WholeFormat) => askWhole({ ...to, body: JSON.stringify(format.request(fields())) }, wire, attempt);
    if (whole && asksWhole(attempt)) return askForWhole(whole);
    try {
      return await askStream({ ...to, body: adapted ? JSON.stringify(adapted) : given }, wire, attempt);
    } catch (error) {
      if (!whole || !refusesToStream(error)) throw error;
      const response = await askForWhole(whole);
      rememberRefusedStream(attempt.target, { request: fields(), words: error.message });
      return response;
    }
  };
}

/** OpenAI says so of some models to organizations that it has not verified, other servers of models that cannot. */
function refusesToStream(error: unknown): error is ModelError {
  return error instanceof ModelError && error.reason === "bad_request" && /\bstream(ing|ed)?\b/i.test(error.message);
}

async function askStream(asked: Sent, wire: WireFormat, attempt: Attempt): Promise<Response> {
  const { headers, reply } = await send(asked, attempt);
  const contentType = headerOf(headers, "content-type") ?? "";
  if (wire.contentType.test(contentType))
    return new Response(guardReply(reply, wire, attempt), { headers: { "content-type": contentType } });
  if (wire.whole && jsonType.test(contentType)) return wholeResponse(reply, wire, attempt);
  throw await noReply(reply, contentType, attempt);
}

async function askWhole(asked: Sent, wire: WireFormat, attempt: Attempt): Promise<Response> {
  attempt.timers.onWhole();
  const { headers, reply } = await send(asked, attempt);
  const contentType = headerOf(headers, "content-type") ?? "";
  if (!jsonType.test(contentType)) throw await noReply(reply, contentType, attempt);
  return wholeResponse(reply, wire, attempt);
}

async function wholeResponse(reply: Readable, wire: WireFormat, attempt: Attempt): Promise<Response> {
  attempt.isWhole = true;
  return new Response(await readWhole(reply, wire, attempt), streamType);
}

/** Sends the request. @returns the body of a good answer @throws ModelError; the signal's reason when it is aborted */
async function send({ url, headers: sent, body }: Sent, attempt: Attempt) {
  const { target, signal } = attempt;
  // Not undici's own `fetch`: for each call it takes about half a millisecond longer to the first bytes.
  const response = await request(url, { method: "POST", headers: sent, body, signal, dispatcher: agentOf(url.origin) }).catch((error) => {
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
  return { headers, reply };
}

const headerOf = (headers: Dispatcher.ResponseData["headers"], name: string) => [headers[name]].flat()[0] ?? null;

/** Why an answer of status 200 is no reply. Some servers tell their errors so, as JSON where a stream was asked for. */
async function noReply(body: Readable, contentType: string, attempt: Attempt) {
  const { target, signal } = attempt;
  const words = jsonType.test(contentType) ? await readJsonError(body) : undefined;
  body.destroy();
  if (signal.aborted) return attempt.failure ?? signal.reason;
  if (words) return spokenError(words, target, false);
  const what = contentType.slice(0, 60) || "no content type";
  return callError("bad_reply", `${hostLabel(target.upstream)} answered with ${what} in place of a reply.`);
}
