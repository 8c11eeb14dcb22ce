import { describe, expect, test } from "vitest";
import { type ModelError, type ModelFailure, ModelError as NamedError } from "@/lib/core/errors";
import { connectionError } from "@/lib/gateway/connection-error";
import { spokenError, statusError } from "@/lib/gateway/status-error";
import type { Upstream } from "@/lib/gateway/upstream";

const upstream: Upstream = {
  id: "a",
  name: "box",
  kind: "openai-compatible",
  baseUrl: "http://box.example:8000/v1",
  apiKey: "sk-secret",
  source: "saved",
  enabled: true,
};
const target = { upstream, modelId: "box/mistral", modelName: "mistral" };

/** What undici throws: `fetch failed`, with the socket's own error inside. */
const failed = (code: string) => new TypeError("fetch failed", { cause: Object.assign(new Error(`socket: ${code}`), { code }) });

/** Every failure names the host, says what to do in a second sentence, and keeps the key to itself. */
function expectSentence({ message }: ModelError) {
  expect(message).toContain("box (box.example:8000)");
  expect(message).toMatch(/^[^.]+.*\. [A-Z][^.]+.*\.$/);
  expect(message).not.toContain("sk-secret");
}

describe("a host that cannot be asked", () => {
  test.each<[code: string, reason: ModelFailure, sentence: RegExp]>([
    ["UND_ERR_CONNECT_TIMEOUT", "timed_out", /did not accept a connection in time/],
    ["ETIMEDOUT", "timed_out", /did not accept a connection in time/],
    ["ECONNREFUSED", "host_refused", /refuses connections/],
    ["ENOTFOUND", "host_refused", /its name is not known here/],
    ["EAI_AGAIN", "host_refused", /the name service does not answer/],
    ["EHOSTUNREACH", "host_refused", /cannot be reached/],
    ["ENETUNREACH", "host_refused", /cannot be reached/],
    ["ECONNRESET", "host_refused", /closed the connection without an answer/],
    ["UND_ERR_SOCKET", "host_refused", /closed the connection without an answer/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "host_refused", /its TLS certificate was not accepted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "host_refused", /its TLS certificate was not accepted/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "host_refused", /its TLS certificate was not accepted/],
    ["CERT_HAS_EXPIRED", "host_refused", /its TLS certificate was not accepted/],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "host_refused", /could not agree on TLS .* have to begin with http\./],
    ["EPROTO", "host_refused", /could not agree on TLS/],
    ["HPE_INVALID_CONSTANT", "bad_reply", /something that is not HTTP/],
    ["UND_ERR_HEADERS_OVERFLOW", "bad_reply", /something that is not HTTP/],
    ["EMFILE", "host_refused", /could not be asked \(EMFILE\)/],
  ])("%s is %s", (code, reason, sentence) => {
    const error = connectionError(failed(code), target);
    expect(error).toMatchObject({ reason, message: expect.stringMatching(sentence) });
    expectSentence(error);
  });

  test("of several addresses that were tried, the first tells why", () => {
    const both = Object.assign(new AggregateError([Object.assign(new Error("a"), { code: "ECONNREFUSED" })]), { code: undefined });
    expect(connectionError(new TypeError("fetch failed", { cause: both }), target)).toMatchObject({ reason: "host_refused" });
  });

  test("a failure that has its name keeps it, however deep a library wrapped it; one without a code is told in its own words", () => {
    const named = new NamedError("overloaded", "busy");
    expect(connectionError(new Error("a", { cause: new Error("b", { cause: named }) }), target)).toBe(named);
    const unknown = connectionError(new Error("odd\nthing with sk-secret in it"), target);
    expect(unknown).toMatchObject({ reason: "bad_reply", message: expect.stringContaining("odd thing with [key] in it") });
    expectSentence(unknown);
  });
});

describe("a host's status", () => {
  test.each<[status: number, words: string, reason: ModelFailure, http: number]>([
    [400, "temperature must be at most 2", "bad_request", 503],
    [400, "API key not valid. Please pass a valid API key.", "key_rejected", 503],
    [400, "this model's maximum context length is 4096 tokens", "context_too_long", 503],
    [413, "prompt is too long: 210000 tokens > 200000 maximum", "context_too_long", 503],
    [413, "body too large", "bad_request", 503],
    [422, "messages.0.role: field required", "bad_request", 503],
    [400, "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", "refused_by_policy", 503],
    [400, "Output blocked by content filtering policy", "refused_by_policy", 503],
    [400, "Invalid prompt: your prompt was flagged as potentially violating our usage policy.", "refused_by_policy", 503],
    [400, "Your request was rejected as a result of our safety system.", "refused_by_policy", 503],
    [403, "This model requires moderation and your input was flagged for violence.", "refused_by_policy", 503],
    [400, "azure did not let gpt-5 answer: its rules for content forbid it.", "refused_by_policy", 503],
    [500, "the content_filter crashed", "crashed", 503],
    [401, "Incorrect API key provided: sk-secret", "key_rejected", 503],
    [403, "no access", "key_rejected", 503],
    [402, "Insufficient credits", "bad_reply", 503],
    [404, "model 'mistral' not found", "model_not_installed", 503],
    [405, "", "bad_reply", 503],
    [408, "", "timed_out", 504],
    [429, "slow down", "overloaded", 503],
    [500, "internal", "crashed", 503],
    [502, "<html>", "crashed", 503],
    [503, "loading model", "overloaded", 503],
    [504, "upstream request timeout", "timed_out", 504],
    [529, "overloaded", "overloaded", 503],
  ])("%i “%s” is %s", (status, words, reason, http) => {
    const error = statusError(status, words, target);
    expect(error).toMatchObject({ reason, status: http, hostStatus: status });
    expectSentence(error);
  });

  test.each<[header: string | null, seconds: number | undefined]>([
    ["7", 7],
    ["0", 0],
    [new Date(Date.now() + 90_000).toUTCString(), 90],
    [new Date(0).toUTCString(), 0],
    ["soon", undefined],
    ["-5", undefined],
    [null, undefined],
  ])("Retry-After: %s asks for %s seconds", (header, seconds) => {
    const { retryAfterS } = statusError(429, "", target, header);
    if (seconds === 90) expect(retryAfterS).toBeGreaterThan(88);
    else expect(retryAfterS).toBe(seconds);
  });

  test.each<[words: string, hadContent: boolean, reason: ModelFailure]>([
    ["the input length exceeds the context length", false, "context_too_long"],
    ["server busy, please try again", false, "overloaded"],
    ["model runner has unexpectedly stopped", false, "crashed"],
    ["CUDA out of memory", true, "broke_off"],
    ["Output blocked by content filtering policy", false, "refused_by_policy"],
    ["Output blocked by content filtering policy", true, "refused_by_policy"],
  ])("“%s” in place of a reply (begun: %s) is %s", (words, hadContent, reason) => {
    const error = spokenError(words, target, hadContent);
    expect(error.reason).toBe(reason);
    expectSentence(error);
  });
});
