import { expect, test } from "vitest";
import { refusal } from "../../../cli/api/refusal";
import { exitCodes } from "../../../cli/exit-codes";

const server = "https://hearth.example.org";
const problem = (code: string, more: object = {}) =>
  new Response(JSON.stringify({ type: "/x", title: "T", status: 418, code, detail: "What happened.", requestId: "7", ...more }), {
    status: 418,
    headers: { "content-type": "application/problem+json" },
  });

test.each([
  ["invalid_request", 2],
  ["unauthenticated", 3],
  ["not_found", 4],
  ["forbidden", 6],
  ["model_unavailable", 7],
  ["model_timeout", 7],
  ["rate_limited", 8],
  ["budget_exceeded", 8],
  ["internal", 1],
  ["one_that_comes_later", 1],
])("the API's %s ends with %i and the server's words", async (code, exit) => {
  const error = await refusal(problem(code), server);
  expect(exitCodes[error.exit].code).toBe(exit);
  expect(error.message).toMatch(/^What happened\./);
  expect(error.problem).toMatchObject({ code, detail: "What happened.", requestId: "7", status: 418 });
});

test("what is wrong with the input is told line by line, and who is not signed in is told how", async () => {
  const issues = [{ path: "body.message", message: "Write something first" }];
  expect((await refusal(problem("invalid_request", { issues }), server)).message).toBe("What happened.\n  message: Write something first");
  expect((await refusal(problem("unauthenticated"), server)).message).toContain(`hearth login ${server}`);
});

test("an answer that is not Hearth's is not shown, but named", async () => {
  const page = new Response("<html>Bad gateway</html>", { status: 502, headers: { "content-type": "text/html" } });
  const error = await refusal(page, server);
  expect([exitCodes[error.exit].code, error.message]).toEqual([1, expect.stringMatching(/answered 502, and not as Hearth does/)]);
  const odd = new Response("null", { status: 500, headers: { "content-type": "application/json" } });
  expect((await refusal(odd, server)).message).toMatch(/not as Hearth does/);
});
