import { afterEach, beforeEach, expect, test } from "vitest";
import { GET as followPage } from "@/app/api/chat/[conversationId]/stream/route";
import { POST as pageChat } from "@/app/api/chat/route";
import { POST as chat } from "@/app/api/v1/chat/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { POST as stopRun } from "@/app/api/v1/runs/[runId]/stop/route";
import { GET as followRun } from "@/app/api/v1/runs/[runId]/stream/route";
import { db } from "@/db/database";
import { conversations, messages, runChunks, runs } from "@/db/schema/chat";
import type { Session } from "@/lib/auth/contract";
import { flushRunLogs } from "@/lib/chat/flush-run-logs";
import { newId } from "@/lib/core/ids";
import { bearer, forgetAttempts, post, registered, withEnvironment } from "@/tests/support/accounts";
import { bootChat, until } from "@/tests/support/chat";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const model = "ollama/llama3.2:3b";
let upstream: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let owner: Session;

beforeEach(async () => {
  upstream = await fakeOllama({ tokens: 6, intervalMs: 2 });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url, HEARTH_SIGNUP: "open" });
  forgetAttempts();
  owner = await registered();
});
afterEach(async () => {
  await app.close();
  await upstream.close();
});

const say = (body: object, headers = {}) => post(chat as Handler, { model, ...body }, { ...bearer(owner.accessToken), ...headers });

function get(handler: Handler, params: Record<string, string>, query = "", headers = {}) {
  const request = new Request(`http://localhost:3000/${query}`, { headers: { ...bearer(owner.accessToken), ...headers } });
  return handler(request, { params: Promise.resolve(params) });
}

/** The events of a stream, each with its id and data. */
async function eventsOf(response: Response) {
  const blocks = (await response.text()).split("\n\n").filter((block) => block.includes("data:"));
  return blocks.map((block) => ({ id: /^id: (\d+)$/m.exec(block)?.[1], data: /^data: (.*)$/m.exec(block)?.[1] ?? "" }));
}

test("a program gets the whole reply in one answer, in the shape that is promised", async () => {
  const response = await say({ message: "  Hello  " });
  expect(response.status).toBe(200);
  expect(response.headers.get("x-request-id")).toMatch(/^[\w-]{8,}$/);
  const answer = await response.json();
  expect(answer).toMatchObject({
    conversationId: expect.any(String),
    runId: expect.any(String),
    message: {
      role: "assistant",
      status: "complete",
      text: "tok0 tok1 tok2 tok3 tok4 tok5 ",
      model,
      usage: { inputTokens: 11, outputTokens: 6, costUsd: 0 },
    },
  });
  const run = await (await get(getRun as Handler, { runId: answer.runId })).json();
  expect(run).toMatchObject({ id: answer.runId, conversationId: answer.conversationId, messageId: answer.message.id, status: "complete" });
});

test("a stream numbers its chunks from 0, starts with the ids and ends with [DONE]", async () => {
  const response = await say({ message: "Hello", stream: true });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  const events = await eventsOf(response);
  expect(events.at(-1)).toEqual({ id: undefined, data: "[DONE]" });
  expect(events.slice(0, -1).map(({ id }) => Number(id))).toEqual(events.slice(0, -1).map((_, index) => index));
  const start = JSON.parse(events[0]?.data ?? "");
  expect(start).toMatchObject({ type: "start", messageMetadata: { conversationId: expect.any(String), runId: expect.any(String) } });
  const { runId } = start.messageMetadata;
  const tail = await eventsOf(await get(followRun as Handler, { runId }, "", { "last-event-id": "3" }));
  expect(tail[0]?.id).toBe("4");
  const from = await eventsOf(await get(followRun as Handler, { runId }, "?from=2"));
  expect(from).toEqual(events.slice(2));
});

test("a client that goes away does not stop the run", async () => {
  await upstream.behave({ tokens: 40, intervalMs: 10 });
  const response = await say({ message: "Hello", stream: true });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  const [run] = await db().select().from(runs);
  await until(async () => (await (await get(getRun as Handler, { runId: run?.id ?? "" })).json()).status === "complete");
});

test("the run's own stop answers 202, again and again, and 404 to anyone else", async () => {
  await upstream.behave({ tokens: 500, intervalMs: 10 });
  const reader = (await say({ message: "Hello", stream: true })).body?.getReader();
  await upstream.afterTokens(3);
  const [run] = await db().select().from(runs);
  const stop = (headers: object) =>
    post(
      ((request) => (stopRun as Handler)(request, { params: Promise.resolve({ runId: run?.id ?? "" }) })) as Handler,
      {},
      { ...headers },
    );
  const stranger = await registered();
  expect((await stop(bearer(stranger.accessToken))).status).toBe(404);
  expect((await stop(bearer(owner.accessToken))).status).toBe(202);
  expect(await upstream.closedByClient()).toBe(true);
  expect((await stop(bearer(owner.accessToken))).status).toBe(202);
  await reader?.cancel();
});

test("a temporary exchange is answered and followed, and nothing of it is stored", async () => {
  const answer = await (await say({ message: "Between us", temporary: true })).json();
  expect(answer.message).toMatchObject({ status: "complete", text: "tok0 tok1 tok2 tok3 tok4 tok5 " });
  expect((await eventsOf(await get(followRun as Handler, { runId: answer.runId }))).at(-1)?.data).toBe("[DONE]");
  await flushRunLogs();
  for (const table of [conversations, messages, runs, runChunks]) expect(await db().select().from(table)).toEqual([]);
  expect((await say({ message: "More", temporary: true, conversationId: newId() })).status).toBe(400);
});

test.each([
  ["no message", {}, "body.message"],
  ["an empty message", { message: "  \n " }, "body.message"],
  ["a message over the limit", { message: "x".repeat(32_001) }, "body.message"],
  ["a control character", { message: "a\u0000b" }, "body.message"],
  ["half a surrogate pair", { message: "a\ud800b" }, "body.message"],
  ["a temperature of 3", { message: "x", temperature: 3 }, "body.temperature"],
  ["an unknown tool", { message: "x", tools: ["rm"] }, "body.tools"],
  ["an id that is none", { message: "x", conversationId: "1; drop table" }, "body.conversationId"],
])("%s is refused with the field at fault, and nothing is stored", async (_, body, path) => {
  const response = await say(body);
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ code: "invalid_request", requestId: expect.any(String), issues: [{ path }] });
  expect(await db().select().from(messages)).toEqual([]);
});

test("a body that is no JSON, no UTF-8, of another type or too large is refused, not crashed on", async () => {
  const raw = (body: BodyInit, type = "application/json") =>
    (chat as Handler)(
      new Request("http://localhost:3000/", { method: "POST", body, headers: { ...bearer(owner.accessToken), "content-type": type } }),
      { params: Promise.resolve({}) },
    );
  expect((await raw("{")).status).toBe(400);
  expect((await raw(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))).status).toBe(400);
  expect((await raw("message=hi", "application/x-www-form-urlencoded")).status).toBe(415);
  expect((await raw(`{"message":"${"x".repeat(9_000_000)}"}`)).status).toBe(413);
});

const limitsOf = ({ headers }: Response) => [headers.get("ratelimit-limit"), headers.get("ratelimit-remaining")];

test("more messages a minute than the setting allows: 429 with Retry-After, for that user alone", async () => {
  await app.close();
  app = await bootChat("embedded", { HEARTH_CHAT_PER_MINUTE: "2" });
  forgetAttempts();
  owner = await registered();
  const other = await registered();
  const first = await say({ message: "1" });
  expect([first.status, (await say({ message: "2" })).status]).toEqual([200, 200]);
  expect(limitsOf(first)).toEqual(["2", "1"]);
  const refused = await say({ message: "3" });
  expect(refused.status).toBe(429);
  expect(limitsOf(refused)).toEqual(["2", "0"]);
  expect(Number(refused.headers.get("ratelimit-reset"))).toBeGreaterThan(0);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await say({ message: "4" }, bearer(other.accessToken))).status).toBe(200);
});

test("a model that is not there is 503 with the reason, and one that stays silent 504", async () => {
  await upstream.behave({ misbehave: "no-model" });
  const missing = await say({ message: "Hello" });
  expect(missing.status).toBe(503);
  expect(await missing.json()).toMatchObject({
    code: "model_unavailable",
    reason: "model_not_installed",
    detail: expect.stringContaining("llama3.2:3b"),
  });
  withEnvironment({ HEARTH_FIRST_TOKEN_TIMEOUT_MS: "200", HEARTH_COLD_LOAD_TIMEOUT_MS: "200" });
  await upstream.behave({ misbehave: "hang-after-headers" });
  const silent = await say({ message: "Hello" });
  withEnvironment({ HEARTH_FIRST_TOKEN_TIMEOUT_MS: undefined, HEARTH_COLD_LOAD_TIMEOUT_MS: undefined });
  expect(silent.status).toBe(504);
  expect(await silent.json()).toMatchObject({ code: "model_timeout", reason: "timed_out" });
});

test("a reply that breaks off is kept and given with its status", async () => {
  await upstream.behave({ misbehave: "drop-mid-stream" });
  const answer = await (await say({ message: "Hello" })).json();
  expect(answer.message).toMatchObject({ status: "failed", text: expect.stringMatching(/^tok0/), error: { reason: "broke_off" } });
});

test("the page's transport sends, follows from the start, and answers 204 when nothing runs", async () => {
  const id = newId();
  const headers = bearer(owner.accessToken);
  await upstream.behave({ tokens: 30, intervalMs: 10 });
  const sent = await post(
    pageChat as Handler,
    { id, trigger: "send", message: { id: newId(), text: "Hello" }, parentId: null, options: { model } },
    headers,
  );
  const again = await get(followPage as Handler, { conversationId: id });
  const [first, second] = await Promise.all([eventsOf(sent), eventsOf(again)]);
  expect(first).toEqual(second);
  expect((await get(followPage as Handler, { conversationId: id })).status).toBe(204);
  const regenerated = await post(pageChat as Handler, { id, trigger: "regenerate", options: { model } }, headers);
  expect(regenerated.status).toBe(400);
});
