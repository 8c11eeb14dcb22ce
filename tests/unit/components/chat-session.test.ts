import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChatSession } from "@/components/chat/chat-session";
import type { Unsent } from "@/components/chat/unsent";
import type { HearthMessage } from "@/lib/chat/ui-message";

type Exchange = {
  method: string;
  path: string;
  body?: { trigger?: string; parentId?: string | null; message?: { id: string; text: string } };
};
type Answer = Response | Error;

let exchanges: Exchange[] = [];
let answer: (exchange: Exchange) => Answer | Promise<Answer> = () => new Error("not expected");
let session: ChatSession;
let unsent: Unsent[] = [];
let ended: string[] = [];
let known: string[] = [];

beforeEach(() => {
  exchanges = [];
  unsent = [];
  ended = [];
  known = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const exchange = { method: init.method ?? "GET", path, body: init.body ? JSON.parse(String(init.body)) : undefined };
    exchanges.push(exchange);
    const given = await answer(exchange);
    if (given instanceof Error) throw given;
    return given;
  });
});
afterEach(() => {
  session.close();
  vi.unstubAllGlobals();
});

function open(messages: HearthMessage[] = []) {
  session = new ChatSession("chat", messages);
  session.events = {
    onReplyEnd: (status) => ended.push(status),
    onUnsent: (message) => unsent.push(message),
    onStored: (ids) => known.push(...ids),
    onProblem: () => undefined,
  };
  session.open();
  return session;
}

const message = (id: string, role: "user" | "assistant", text: string, more: Partial<HearthMessage["metadata"]> = {}): HearthMessage => ({
  id,
  role,
  parts: [{ type: "text", text }],
  metadata: { conversationId: "chat", parentId: null, siblings: [id], status: "complete", createdAt: "2026-01-01T00:00:00.000Z", ...more },
});
const chunk = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const begin = (id: string, runId: string) =>
  chunk({
    type: "start",
    messageId: id,
    messageMetadata: { conversationId: "chat", runId, parentId: "u", siblings: [id], status: "running" },
  });
const words = (text: string) => chunk({ type: "text-delta", id: "1", delta: text });
const end = (status: string) => `${chunk({ type: "finish", messageMetadata: { status } })}data: [DONE]\n\n`;
const stored = (messages: HearthMessage[]) => Response.json({ conversation: {}, options: {}, messages });
const problem = (status: number, code: string, detail: string) => Response.json({ status, code, detail, requestId: "r" }, { status });
const texts = () => session.store.messages.map(({ parts }) => parts.map((part) => ("text" in part ? part.text : "")).join(""));

/** A stream that says `text` and then breaks, as a lost connection does. */
function broken(text: string): Response {
  const parts = [new TextEncoder().encode(text)];
  return new Response(
    new ReadableStream({
      pull(controller) {
        const part = parts.shift();
        if (part) controller.enqueue(part);
        else controller.error(new TypeError("network error"));
      },
    }),
  );
}

test("a message is shown at once and its reply after it", async () => {
  answer = () => new Response(begin("a", "run") + words("Hi") + words(" there") + end("complete"));
  const sending = open().send({ id: "u", text: "Hello" }, {});
  expect(texts()).toEqual(["Hello"]);
  expect(session.store.status).toBe("submitted");
  await sending;
  expect(texts()).toEqual(["Hello", "Hi there"]);
  expect(session.store.status).toBe("ready");
  expect(ended).toEqual(["complete"]);
});

test("a message that the server refuses leaves the list and waits, with the server's reason", async () => {
  answer = () => problem(429, "rate_limited", "Too many messages. Try again in 20 seconds.");
  await open().send({ id: "u", text: "Hello" }, {});
  expect(texts()).toEqual([]);
  expect(unsent).toEqual([{ id: "u", text: "Hello", isFirst: true, problem: "Too many messages. Try again in 20 seconds." }]);
  expect(known).toEqual([]);
  expect(session.isBusy).toBe(false);
});

test("a message that reached the server before the connection broke is not kept as unsent", async () => {
  answer = ({ method }) =>
    method === "POST" ? new TypeError("Failed to fetch") : stored([message("u", "user", "Hello"), message("a", "assistant", "Hi")]);
  await open().send({ id: "u", text: "Hello" }, {});
  expect(unsent).toEqual([]);
  expect(texts()).toEqual(["Hello", "Hi"]);
});

test("a waiting message that another tab has sent already is not kept as unsent", async () => {
  answer = ({ method }) =>
    method === "POST" ? problem(409, "conflict", "There is one already.") : stored([message("u", "user", "Hello")]);
  await open().send({ id: "u", text: "Hello" }, {});
  expect(unsent).toEqual([]);
  expect(texts()).toEqual(["Hello"]);
});

test("a message that never reached the server waits", async () => {
  answer = () => new TypeError("Failed to fetch");
  await open().send({ id: "u", text: "Hello" }, {});
  expect(unsent).toMatchObject([{ id: "u", text: "Hello" }]);
  expect(texts()).toEqual([]);
});

test("a reply whose connection breaks is found again and replayed without doubling a word", async () => {
  answer = ({ method, path }) => {
    if (method === "POST") return broken(begin("a", "run") + words("One two"));
    if (path.endsWith("/stream")) return new Response(begin("a", "run") + words("One two") + words(" three") + end("complete"));
    return stored([
      message("u", "user", "Count"),
      message("a", "assistant", "One two", { status: "running", parentId: "u", runId: "run" }),
    ]);
  };
  await open().send({ id: "u", text: "Count" }, {});
  expect(session.store.status).toBe("lost");
  await vi.waitFor(() => expect(session.store.status).toBe("ready"), 3000);
  expect(texts()).toEqual(["Count", "One two three"]);
  expect(ended).toEqual(["complete"]);
});

test("a reply that is running when the page opens is followed from its start", async () => {
  answer = () => new Response(begin("a", "run") + words("All of it") + end("complete"));
  open([message("u", "user", "Hello"), message("a", "assistant", "All", { status: "running" })]);
  await vi.waitFor(() => expect(texts()).toEqual(["Hello", "All of it"]));
  expect(exchanges).toMatchObject([{ method: "GET", path: "/api/chat/chat/stream" }]);
});

test("a run that another device started is loaded and followed", async () => {
  answer = ({ path }) =>
    path.endsWith("/stream")
      ? new Response(begin("a", "theirs") + words("Answer") + end("complete"))
      : stored([message("u", "user", "Theirs"), message("a", "assistant", "", { status: "running" })]);
  open().hear({ type: "run-started", conversationId: "chat", runId: "theirs" });
  await vi.waitFor(() => expect(texts()).toEqual(["Theirs", "Answer"]));
});

test("events of other chats, and of the run just followed, ask the server nothing", async () => {
  answer = () => new Response(begin("a", "run") + end("complete"));
  await open().send({ id: "u", text: "Hello" }, {});
  session.hear({ type: "run-started", conversationId: "other", runId: "x" });
  session.hear({ type: "run-ended", conversationId: "chat", runId: "run", status: "complete" });
  expect(exchanges).toHaveLength(1);
});

test("an edited message is a version beside the old one: same parent, listed among its versions", async () => {
  answer = () => new Response(begin("b", "run") + end("complete"));
  const old = message("u2", "user", "Old", { parentId: "a1", siblings: ["u2"] });
  open([message("u1", "user", "First"), message("a1", "assistant", "Reply"), old, message("a2", "assistant", "Gone from this branch")]);
  await session.edit(old, "New", {});
  expect(exchanges[0]?.body).toMatchObject({ trigger: "send", parentId: "a1", message: { text: "New" } });
  const edited = session.store.messages[2];
  expect(edited?.metadata?.siblings).toEqual(["u2", edited?.id]);
  expect(texts().slice(0, 3)).toEqual(["First", "Reply", "New"]);
});

const branch = () => [
  message("u1", "user", "First"),
  message("a1", "assistant", "Reply"),
  message("u2", "user", "Old", { parentId: "a1" }),
];

test.each([["u1"], ["u2"]])("an edit of %s that fails offline leaves the chat as it was, and waits with its place", async (id) => {
  answer = () => new TypeError("Failed to fetch");
  open(branch());
  const old = session.store.messages.find((one) => one.id === id);
  if (old) await session.edit(old, "New", {});
  expect(texts()).toEqual(["First", "Reply", "Old"]);
  expect(unsent).toMatchObject([{ text: "New", place: { parentId: id === "u1" ? null : "a1", siblings: [id] } }]);
});

test("a waiting edit is sent to its own place", async () => {
  answer = () => new Response(begin("b", "run") + end("complete"));
  open(branch());
  await session.send({ id: "u3", text: "New", place: { parentId: "a1", siblings: ["u2"] } }, {});
  expect(exchanges[0]?.body).toMatchObject({ parentId: "a1", message: { id: "u3", text: "New" } });
  expect(texts()).toEqual(["First", "Reply", "New", ""]);
  expect(session.store.messages[2]?.metadata?.siblings).toEqual(["u2", "u3"]);
});

test("a regeneration that fails offline leaves the reply", async () => {
  answer = () => new TypeError("Failed to fetch");
  open(branch().slice(0, 2));
  await session.regenerate("a1", {});
  expect(texts()).toEqual(["First", "Reply"]);
});

test("a new chat asks the server for nothing on connecting; one whose first message failed asks whether it is there after all", async () => {
  answer = () => new TypeError("Failed to fetch");
  open().hear({ type: "connected" });
  expect(exchanges).toEqual([]);
  await session.send({ id: "u", text: "Hello" }, {});
  answer = () => stored([message("u", "user", "Hello"), message("a", "assistant", "Hi")]);
  session.hear({ type: "connected" });
  await vi.waitFor(() => expect(texts()).toEqual(["Hello", "Hi"]));
  expect(known).toEqual(["u", "a"]);
});

test("a message that the page leaves on its way waits, until the server is known to have it", async () => {
  const reply = Promise.withResolvers<Response>();
  answer = () => reply.promise;
  const sending = open().send({ id: "u", text: "Hello" }, {});
  session.keepPending();
  expect(unsent).toMatchObject([{ id: "u", text: "Hello" }]);
  reply.resolve(new Response(begin("a", "run") + end("complete")));
  await sending;
  expect(known).toEqual(["u"]);
  session.keepPending();
  expect(unsent).toHaveLength(1);
});

test("a reply whose connection is lost can be stopped, and is looked for again at once", async () => {
  let isStopped = false;
  answer = ({ method, path }) => {
    if (path.endsWith("/stop")) {
      isStopped = true;
      return new Response(null, { status: 202 });
    }
    if (method === "POST") return broken(begin("a", "run") + words("One"));
    if (!isStopped) return new TypeError("Failed to fetch");
    return stored([message("u", "user", "Count"), message("a", "assistant", "One", { status: "stopped" })]);
  };
  await open().send({ id: "u", text: "Count" }, {});
  expect(session.store.status).toBe("lost");
  await session.stop();
  await vi.waitFor(() => expect(session.store.messages.at(-1)?.metadata?.status).toBe("stopped"));
  expect(session.store.status).toBe("ready");
});

test("a refused regeneration brings the old reply back", async () => {
  const messages = [message("u", "user", "Hello"), message("a", "assistant", "Hi")];
  answer = ({ method }) => (method === "POST" ? problem(429, "rate_limited", "Too many.") : stored(messages));
  open(messages);
  await session.regenerate("a", {});
  expect(texts()).toEqual(["Hello", "Hi"]);
  expect(session.isBusy).toBe(false);
});

test("stop asks again until the run is known to the server", async () => {
  const reply = Promise.withResolvers<Response>();
  let asked = 0;
  answer = ({ path }) => {
    if (path === "/api/chat") return reply.promise;
    asked += 1;
    if (asked < 3) return problem(404, "not_found", "There is no such chat yet.");
    reply.resolve(new Response(begin("a", "run") + end("stopped")));
    return new Response(null, { status: 202 });
  };
  const sending = open().send({ id: "u", text: "Hello" }, {});
  await session.stop();
  await sending;
  expect(asked).toBe(3);
  expect(ended).toEqual(["stopped"]);
});
