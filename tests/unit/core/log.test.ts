import { expect, test } from "vitest";
import { ModelError } from "@/lib/core/errors";
import { createLog } from "@/lib/core/log";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = "";
  write(createLog("info", { write: (line: string) => (lines += line) }));
  return lines;
}

test("secrets are redacted at the top and further down", () => {
  const text = logged((log) =>
    log.info(
      { password: "hunter22", user: { apiKey: "sk-1", name: "Ada" }, request: { headers: { authorization: "Bearer x", cookie: "s=1" } } },
      "hello",
    ),
  );
  expect(text).toContain("Ada");
  for (const secret of ["hunter22", "sk-1", "Bearer x", "s=1"]) expect(text).not.toContain(secret);
});

test.each([
  ["a key of Hearth", "hk_1234567890abcdef"],
  ["a key of OpenAI", "sk-proj-1234567890abcdef"],
  ["a key of Google, in an address", "AIzaSyD-1234567890_abcdef"],
  ["a key of Groq", "gsk_1234567890abcdef"],
  ["a key of xAI", "xai-1234567890abcdef"],
  ["an access token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"],
  ["a header's credentials", "0123456789abcdef=="],
  ["a database's password", "hunter22hunter22"],
])("%s is cut in the middle of a text", (_, secret) => {
  const texts = [`refused ${secret}.`, `?key=${secret}&a=1`, `authorization: bearer ${secret}`, `postgres://hearth:${secret}@db/hearth`];
  // A text without a look of its own is secret only where a header or an address says so.
  const isKnownByItself = /^(hk_|sk-|AIza|gsk_|xai-|eyJ)/.test(secret);
  const text = logged((log) => log.warn({ err: new Error((isKnownByItself ? texts : texts.slice(2)).join(" ")) }, "the host says no"));
  expect(text).toContain("the host says no");
  expect(text).not.toContain(secret.replace(/=+$/, ""));
});

test("the values of a failed query stay out, the query and the cause are in", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505", detail: "Key (text)=(my diary)" });
  const failure = new Error("Failed query: insert into messages values ($1)\nparams: my diary,\nsecond line of it", { cause });
  const text = logged((log) => log.error({ err: Object.assign(failure, { params: ["my diary"] }) }, "failed"));
  expect(text).toContain("insert into messages");
  expect(text).toContain("23505");
  expect(text).not.toContain("my diary");
  expect(text).not.toContain("second line of it");
});

test("what a failed model call carries of the conversation stays out", () => {
  const failure = Object.assign(new Error("Bad request"), {
    requestBodyValues: { messages: ["my diary"] },
    responseBody: "my diary again",
  });
  const text = logged((log) => log.error({ err: failure }, "failed"));
  expect(text).toContain("Bad request");
  expect(text).not.toContain("my diary");
});

test("what a host finds wrong with a request stays out, since it may repeat it; what it says of itself is in", () => {
  const text = logged((log) => {
    log.warn({ err: new ModelError("bad_request", "It said: messages[0] 'my diary' is not allowed.") }, "failed");
    log.warn({ err: new ModelError("crashed", "It said: CUDA out of memory.") }, "failed");
  });
  expect(text).not.toContain("my diary");
  expect(text).toContain("did not accept the request");
  expect(text).toContain("CUDA out of memory");
});

test("each line is one JSON object with its ids and its time", () => {
  const line = JSON.parse(logged((log) => log.child({ requestId: "r1", userId: "u1" }).info({ runId: "n1" }, "run ended")));
  expect(line).toMatchObject({ requestId: "r1", userId: "u1", runId: "n1", msg: "run ended", time: expect.stringMatching(/^\d{4}-.*Z$/) });
});
