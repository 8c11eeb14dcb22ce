import { expect, test, vi } from "vitest";
import { begin, chatPage, end, message, problem, stored } from "../../support/chat-page";

const page = chatPage();

test("a message that the server refuses leaves the list and waits, with the server's reason", async () => {
  page.answer = () => problem(429, "rate_limited", "Too many messages. Try again in 20 seconds.");
  await page.open().send({ id: "u", text: "Hello" }, {});
  expect(page.texts()).toEqual([]);
  expect(page.unsent).toEqual([{ id: "u", text: "Hello", isFirst: true, problem: "Too many messages. Try again in 20 seconds." }]);
  expect(page.known).toEqual([]);
  expect(page.session.isBusy).toBe(false);
});

test("a message that reached the server before the connection broke is not kept as unsent", async () => {
  page.answer = ({ method }) =>
    method === "POST" ? new TypeError("Failed to fetch") : stored([message("u", "user", "Hello"), message("a", "assistant", "Hi")]);
  await page.open().send({ id: "u", text: "Hello" }, {});
  expect(page.unsent).toEqual([]);
  expect(page.texts()).toEqual(["Hello", "Hi"]);
});

test("a waiting message that another tab has sent already is not kept as unsent", async () => {
  page.answer = ({ method }) =>
    method === "POST" ? problem(409, "conflict", "There is one already.") : stored([message("u", "user", "Hello")]);
  await page.open().send({ id: "u", text: "Hello" }, {});
  expect(page.unsent).toEqual([]);
  expect(page.texts()).toEqual(["Hello"]);
});

test("a message that never reached the server waits", async () => {
  page.answer = () => new TypeError("Failed to fetch");
  await page.open().send({ id: "u", text: "Hello" }, {});
  expect(page.unsent).toMatchObject([{ id: "u", text: "Hello" }]);
  expect(page.texts()).toEqual([]);
});

const branch = () => [
  message("u1", "user", "First"),
  message("a1", "assistant", "Reply"),
  message("u2", "user", "Old", { parentId: "a1" }),
];

test.each([["u1"], ["u2"]])("an edit of %s that fails offline leaves the chat as it was, and waits with its place", async (id) => {
  page.answer = () => new TypeError("Failed to fetch");
  page.open(branch());
  const old = page.session.store.messages.find((one) => one.id === id);
  if (old) await page.session.edit(old, "New", {});
  expect(page.texts()).toEqual(["First", "Reply", "Old"]);
  expect(page.unsent).toMatchObject([{ text: "New", place: { parentId: id === "u1" ? null : "a1", siblings: [id] } }]);
});

test("a waiting edit is sent to its own place", async () => {
  page.answer = () => new Response(begin("b", "run") + end("complete"));
  page.open(branch());
  await page.session.send({ id: "u3", text: "New", place: { parentId: "a1", siblings: ["u2"] } }, {});
  expect(page.exchanges[0]?.body).toMatchObject({ parentId: "a1", message: { id: "u3", text: "New" } });
  expect(page.texts()).toEqual(["First", "Reply", "New", ""]);
  expect(page.session.store.messages[2]?.metadata?.siblings).toEqual(["u2", "u3"]);
});

test("a regeneration that fails offline leaves the reply", async () => {
  page.answer = () => new TypeError("Failed to fetch");
  page.open(branch().slice(0, 2));
  await page.session.regenerate("a1", {});
  expect(page.texts()).toEqual(["First", "Reply"]);
});

test("a new chat asks the server for nothing on connecting; one whose first message failed asks whether it is there after all", async () => {
  page.answer = () => new TypeError("Failed to fetch");
  page.open().hear({ type: "connected" });
  expect(page.exchanges).toEqual([]);
  await page.session.send({ id: "u", text: "Hello" }, {});
  page.answer = () => stored([message("u", "user", "Hello"), message("a", "assistant", "Hi")]);
  page.session.hear({ type: "connected" });
  await vi.waitFor(() => expect(page.texts()).toEqual(["Hello", "Hi"]));
  expect(page.known).toEqual(["u", "a"]);
});

test("a message that the page leaves on its way waits, until the server is known to have it", async () => {
  const reply = Promise.withResolvers<Response>();
  page.answer = () => reply.promise;
  const sending = page.open().send({ id: "u", text: "Hello" }, {});
  page.session.keepPending();
  expect(page.unsent).toMatchObject([{ id: "u", text: "Hello" }]);
  reply.resolve(new Response(begin("a", "run") + end("complete")));
  await sending;
  expect(page.known).toEqual(["u"]);
  page.session.keepPending();
  expect(page.unsent).toHaveLength(1);
});

test("a refused regeneration brings the old reply back", async () => {
  const messages = [message("u", "user", "Hello"), message("a", "assistant", "Hi")];
  page.answer = ({ method }) => (method === "POST" ? problem(429, "rate_limited", "Too many.") : stored(messages));
  page.open(messages);
  await page.session.regenerate("a", {});
  expect(page.texts()).toEqual(["Hello", "Hi"]);
  expect(page.session.isBusy).toBe(false);
});
