import { describe, expect, test } from "vitest";
import {
  BudgetExceededError,
  ForbiddenError,
  InvalidRequestError,
  ModelError,
  type ModelFailure,
  RateLimitedError,
  TooLargeError,
  UnauthenticatedError,
  UnsupportedTypeError,
} from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { answerHeaders } from "@/lib/gateway/openai/answer-headers";
import { toOpenaiError } from "@/lib/gateway/openai/openai-error";
import { openaiRoute } from "@/lib/gateway/openai/openai-route";
import { defineContract } from "@/lib/http/contract";

log().level = "silent";

const model = (reason: ModelFailure) => new ModelError(reason, "It failed. Try again.");
const told = (error: unknown) => {
  const { status, body } = toOpenaiError(error, "request-1");
  return { status, ...body.error };
};

describe("an error as OpenAI's clients know it", () => {
  test.each([
    [new UnauthenticatedError(), 401, "invalid_api_key"],
    [new ForbiddenError(), 403, "insufficient_permissions"],
    [new TooLargeError(5), 413, "request_too_large"],
    [new UnsupportedTypeError(), 415, "unsupported_content_type"],
    [new RateLimitedError("requests", 3), 429, "rate_limit_exceeded"],
    [new BudgetExceededError("your budget for today", new Date(0)), 429, "insufficient_quota"],
    [model("no_model"), 404, "model_not_found"],
    [model("model_not_installed"), 404, "model_not_found"],
    [model("context_too_long"), 400, "context_length_exceeded"],
    [model("bad_request"), 400, null],
    [model("refused_by_policy"), 400, "content_filter"],
    [model("overloaded"), 503, "overloaded"],
    [model("host_refused"), 503, "host_refused"],
    [model("timed_out"), 504, "timed_out"],
  ])("%o", (error, status, code) => {
    expect(told(error)).toMatchObject({ status, code, message: error.message });
  });

  test("names the first field at fault as OpenAI names it", () => {
    const at = (path: string) => told(new InvalidRequestError("No.", [{ path, message: "" }])).param;
    expect(at("body.messages.0.content.12.type")).toBe("messages[0].content[12].type");
    expect(at("body.response_format.json_schema.name")).toBe("response_format.json_schema.name");
    expect(at("body")).toBeNull();
  });

  test("tells nothing of what was not foreseen but where to look", () => {
    const { message, ...rest } = told(new Error("password=hunter2"));
    expect(message).not.toContain("hunter2");
    expect(message).toContain("request-1");
    expect(rest).toEqual({ status: 500, type: "server_error", code: "internal_error", param: null });
  });
});

describe("an answer of a route under /v1", () => {
  const failing = (error: unknown) =>
    openaiRoute(defineContract({ method: "GET", path: "/v1/x", summary: "", tag: "", access: "public" }), () => {
      throw error;
    })(new Request("http://localhost/v1/x"), { params: Promise.resolve({}) });

  test("to too many requests says when to come back, and to a spent budget that trying again does not help", async () => {
    const limited = await failing(new RateLimitedError("requests", 3, { "ratelimit-limit": "1", "ratelimit-remaining": "0" }));
    expect([limited.headers.get("retry-after"), limited.headers.get("x-should-retry")]).toEqual(["3", null]);
    expect([limited.headers.get("ratelimit-limit"), limited.headers.get("ratelimit-remaining")]).toEqual(["1", "0"]);
    const spent = await failing(new BudgetExceededError("your budget", new Date(0)));
    expect([spent.status, spent.headers.get("x-should-retry")]).toEqual([429, "false"]);
    expect(spent.headers.get("x-request-id")).toMatch(/^[\w-]{8,}$/);
    expect(spent.headers.get("x-content-type-options")).toBe("nosniff");
  });
});

test("the headers say who answered, from where, after how many tries and how much time of Hearth's own", () => {
  const facts = { model: "ollama/a", upstream: "büro", attempts: 2, cache: "similar", queuedMs: 12.4, overheadMs: 1.26 } as const;
  expect(answerHeaders({ facts, firstPosition: 3 })).toEqual({
    "x-hearth-model": "ollama/a",
    "x-hearth-upstream": "b%C3%BCro",
    "x-hearth-cache": "hit",
    "x-hearth-attempts": "2",
    "x-hearth-overhead-ms": "1.3",
    "x-hearth-queue-position": "3",
    "x-hearth-queued-ms": "12",
  });
  expect(answerHeaders({})).toEqual({});
  expect(answerHeaders({ firstPosition: 3 })).toEqual({ "x-hearth-queue-position": "3" });
});

test("a warning about budgets is one line that any header can carry", () => {
  const warnings = [
    "More than 80 % of the budget of the group Bücher\r\nx-evil: 1 for today is used.",
    "All of your budget for today is used.",
  ];
  expect(answerHeaders({ warnings })).toEqual({
    "x-hearth-warning":
      "More than 80 % of the budget of the group B?cher??x-evil: 1 for today is used. All of your budget for today is used.",
  });
  expect(answerHeaders({ warnings: [] })).toEqual({});
});
