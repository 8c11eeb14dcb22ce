import { expect, test, vi } from "vitest";
import { begin, broken, chatPage, end, message, problem, stored, words } from "../../support/chat-page";

const page = chatPage();

test("a message is shown at once and its reply after it", async () => {
  page.answer = () => new Response(begin("a", "run") + words("Hi") + words(" there") + end("complete"));
  const sending = page.open().send({ id: "u", text: "Hello" }, {});
  expect(page.texts()).toEqual(["Hello"]);
  expect(page.session.store.status).toBe("submitted");
  await sending;
  expect(page.texts()).toEqual(["Hello", "Hi there"]);
  expect(page.session.store.status).toBe("ready");
  expect(page.ended).toEqual(["complete"]);
});

test("a reply whose connection breaks is found again and replayed without doubling a word", async () => {
  page.answer = ({ method, path }) => {
    if (method === "POST") return broken(begin("a", "run") + words("One two"));
    if (path.endsWith("/stream")) return new Response(begin("a", "run") + words("One two") + words(" three") + end("complete"));
    return stored([
      message("u", "user", "Count"),
      message("a", "assistant", "One two", { status: "running", parentId: "u", runId: "run" }),
    ]);
  };
  await page.open().send({ id: "u", text: "Count" }, {});
  expect(page.session.store.status).toBe("lost");
  await vi.waitFor(() => expect(page.session.store.status).toBe("ready"), 3000);
  expect(page.texts()).toEqual(["Count", "One two three"]);
  expect(page.ended).toEqual(["complete"]);
});

test("a reply that is running when the page opens is followed from its start", async () => {
  page.answer = () => new Response(begin("a", "run") + words("All of it") + end("complete"));
  page.open([message("u", "user", "Hello"), message("a", "assistant", "All", { status: "running" })]);
  await vi.waitFor(() => expect(page.texts()).toEqual(["Hello", "All of it"]));
  expect(page.exchanges).toMatchObject([{ method: "GET", path: "/api/chat/chat/stream" }]);
});

test("a run that another device started is loaded and followed", async () => {
  page.answer = ({ path }) =>
    path.endsWith("/stream")
      ? new Response(begin("a", "theirs") + words("Answer") + end("complete"))
      : stored([message("u", "user", "Theirs"), message("a", "assistant", "", { status: "running" })]);
  page.open().hear({ type: "run-started", conversationId: "chat", runId: "theirs" });
  await vi.waitFor(() => expect(page.texts()).toEqual(["Theirs", "Answer"]));
});

test("events of other chats, and of the run just followed, ask the server nothing", async () => {
  page.answer = () => new Response(begin("a", "run") + end("complete"));
  await page.open().send({ id: "u", text: "Hello" }, {});
  page.session.hear({ type: "run-started", conversationId: "other", runId: "x" });
  page.session.hear({ type: "run-ended", conversationId: "chat", runId: "run", status: "complete" });
  expect(page.exchanges).toHaveLength(1);
});

test("an edited message is a version beside the old one: same parent, listed among its versions", async () => {
  page.answer = () => new Response(begin("b", "run") + end("complete"));
  const old = message("u2", "user", "Old", { parentId: "a1", siblings: ["u2"] });
  page.open([
    message("u1", "user", "First"),
    message("a1", "assistant", "Reply"),
    old,
    message("a2", "assistant", "Gone from this branch"),
  ]);
  await page.session.edit(old, "New", {});
  expect(page.exchanges[0]?.body).toMatchObject({ trigger: "send", parentId: "a1", message: { text: "New" } });
  const edited = page.session.store.messages[2];
  expect(edited?.metadata?.siblings).toEqual(["u2", edited?.id]);
  expect(page.texts().slice(0, 3)).toEqual(["First", "Reply", "New"]);
});

test("a reply whose connection is lost can be stopped, and is looked for again at once", async () => {
  let isStopped = false;
  page.answer = ({ method, path }) => {
    if (path.endsWith("/stop")) {
      isStopped = true;
      return new Response(null, { status: 202 });
    }
    if (method === "POST") return broken(begin("a", "run") + words("One"));
    if (!isStopped) return new TypeError("Failed to fetch");
    return stored([message("u", "user", "Count"), message("a", "assistant", "One", { status: "stopped" })]);
  };
  await page.open().send({ id: "u", text: "Count" }, {});
  expect(page.session.store.status).toBe("lost");
  await page.session.stop();
  await vi.waitFor(() => expect(page.session.store.messages.at(-1)?.metadata?.status).toBe("stopped"));
  expect(page.session.store.status).toBe("ready");
});

test("stop asks again until the run is known to the server", async () => {
  const reply = Promise.withResolvers<Response>();
  let asked = 0;
  page.answer = ({ path }) => {
    if (path === "/api/chat") return reply.promise;
    asked += 1;
    if (asked < 3) return problem(404, "not_found", "There is no such chat yet.");
    reply.resolve(new Response(begin("a", "run") + end("stopped")));
    return new Response(null, { status: 202 });
  };
  const sending = page.open().send({ id: "u", text: "Hello" }, {});
  await page.session.stop();
  await sending;
  expect(asked).toBe(3);
  expect(page.ended).toEqual(["stopped"]);
});

test("a reply that ended before it could be followed has ended for what waits behind it", async () => {
  let asked = 0;
  const reply = (status: "running" | "complete") => [message("u", "user", "Hello"), message("a", "assistant", "Hi", { status })];
  page.answer = ({ path }) => {
    if (path.endsWith("/stream")) return new Response(null, { status: 204 });
    asked += 1;
    return stored(reply(asked === 1 ? "running" : "complete"));
  };
  page.open().hear({ type: "run-started", conversationId: "chat", runId: "theirs" });
  await vi.waitFor(() => expect(page.ended).toEqual(["complete"]), 3000);
  expect(page.session.store.status).toBe("ready");
});

test("what the server said before a reply ended does not bring that reply back to life", async () => {
  const asked: PromiseWithResolvers<Response>[] = [];
  page.answer = ({ method, path }) => {
    if (method === "POST" || path.endsWith("/stream")) return new Response(begin("a", "run") + words("Done") + end("complete"));
    asked.push(Promise.withResolvers());
    return asked.at(-1)?.promise ?? broken("");
  };
  const session = page.open();
  const looking = session.sync();
  await session.send({ id: "u", text: "Hello" }, {});
  const reply = (status: "running" | "complete") => [message("u", "user", "Hello"), message("a", "assistant", "Done", { status })];
  asked[0]?.resolve(stored(reply("running")));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(session.store.status).toBe("ready");
  asked[1]?.resolve(stored(reply("complete")));
  expect(await looking).toBe(true);
  expect(page.exchanges.filter(({ path }) => path.endsWith("/stream"))).toEqual([]);
  expect(page.ended).toEqual(["complete"]);
});
