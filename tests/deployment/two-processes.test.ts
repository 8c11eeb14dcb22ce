import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiClient, events, eventually, idsOf, type StreamEvent, signUp, textOf } from "../support/api-client";
import { fakeOllama } from "../support/fake-ollama";
import { type Hearth, startHearth } from "../support/hearth";
import { type PostgresProxy, postgresProxy } from "../support/postgres-proxy";
import { messagesOf, readReply } from "../support/read-reply";
import { emptyServerDatabase } from "../support/test-server-database";

describe.skipIf(!process.env.TEST_DATABASE_URL)("two processes on one Postgres", () => {
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let proxy: PostgresProxy;
  let first: Hearth;
  let second: Hearth;
  let onFirst: ApiClient;
  let onSecond: ApiClient;

  beforeAll(async () => {
    ollama = await fakeOllama({ tokens: 150, intervalMs: 20 });
    database = await emptyServerDatabase();
    proxy = await postgresProxy(database.url);
    const env = { DATABASE_URL: proxy.url, OLLAMA_BASE_URL: ollama.url };
    // Together, so that both find an empty database and take turns to migrate it.
    [first, second] = await Promise.all([startHearth({ env }), startHearth({ env })]);
    onFirst = await signUp(first.url);
    onSecond = onFirst.at(second.url);
  });
  afterAll(async () => {
    await Promise.all([first?.close(), second?.close()]);
    await proxy?.close();
    await database?.drop();
    await ollama?.close();
  });

  const start = async (message: string) => {
    const response = await onFirst.request("/api/v1/chat", { method: "POST", body: JSON.stringify({ message, stream: true }) });
    const stream = events(response);
    const { value } = await stream.next();
    const { conversationId, runId } = idsOf(value);
    return { conversationId, runId, head: value as StreamEvent, stream };
  };
  const rest = async (stream: AsyncGenerator<StreamEvent>) => {
    const all: StreamEvent[] = [];
    for await (const event of stream) all.push(event);
    return all;
  };
  const replyOf = async (conversationId: string) => {
    return (await messagesOf(onSecond, conversationId)).at(-1);
  };
  const endedReplyOf = (conversationId: string, withinMs: number) =>
    eventually(async () => {
      const last = await replyOf(conversationId);
      return last?.status !== "running" && last;
    }, withinMs);

  test("an account made on one signs in on the other", async () => {
    expect(await onSecond.json("/api/v1/me")).toMatchObject({ email: "admin@example.org", role: "admin" });
  });

  test("a run started on one is followed on the other, chunk for chunk, while it goes on", async () => {
    const { runId, conversationId, head, stream } = await start("count");
    const here = rest(stream);
    const response = await onSecond.request(`/api/v1/runs/${runId}/stream?from=0`);
    const there = await rest(events(response));
    const whole = [head, ...(await here)];
    expect(textOf(there)).toBe(textOf(whole));
    expect(there.map(({ id }) => id)).toEqual(there.map((_, index) => index));
    expect(await replyOf(conversationId)).toMatchObject({ status: "complete", text: textOf(whole) });
  });

  test("a database that is away for 12 seconds ends no reply of either process, which meanwhile say that they are not ready", async () => {
    await ollama.behave({ tokens: 1_000 });
    const titles = () => ollama.chats.filter(({ body }) => JSON.stringify(body.messages).includes("Write a title")).length;
    const titlesBefore = titles();
    const replies = [await readReply(onFirst, "count for long"), await readReply(onSecond, "count for long")];
    await ollama.afterTokens(20);
    proxy.cut();
    const [ready, healthy] = await Promise.all([fetch(`${first.url}/readyz`), fetch(`${first.url}/healthz`), sleep(12_000)]);
    expect([ready.status, healthy.status]).toEqual([503, 200]);
    expect(await ready.json()).toMatchObject({ database: { ok: false }, models: [{ upstream: "ollama", ok: true }] });
    proxy.restore();
    for (const { conversationId, ended, text } of replies) {
      await ended;
      expect(await endedReplyOf(conversationId, 5_000)).toMatchObject({ status: "complete", text: text() });
      expect(text()).toMatch(/^tok0 tok1 .* tok999 ?$/);
    }
    // The tests after this one look at what the host was asked last.
    await eventually(async () => titles() >= titlesBefore + replies.length);
    await ollama.behave({ tokens: 150 });
  });

  test("a run started on one is stopped on the other: its host's connection closes at once and its text stays", async () => {
    const { runId, conversationId, stream } = await start("count again");
    await ollama.afterTokens(20);
    await onSecond.json(`/api/v1/runs/${runId}/stop`, {});
    expect(await ollama.closedByClient()).toBe(true);
    await rest(stream);
    const reply = await eventually(async () => {
      const last = await replyOf(conversationId);
      return last?.status === "stopped" && last;
    });
    expect(reply.text).toMatch(/^tok0 tok1 /);
  });

  test("a reply that was cut off on one is continued on the other", async () => {
    const { runId, conversationId, stream } = await start("count once more");
    await ollama.afterTokens(20);
    await onFirst.json(`/api/v1/runs/${runId}/stop`, {});
    await rest(stream);
    const cut = await eventually(async () => {
      const last = await replyOf(conversationId);
      return last?.status === "stopped" && last;
    });
    const body = JSON.stringify({ id: conversationId, trigger: "continue", messageId: cut.id });
    await rest(events(await onSecond.request("/api/chat", { method: "POST", body })));
    const reply = await replyOf(conversationId);
    expect(reply).toMatchObject({ id: cut.id, status: "complete" });
    expect(reply?.text.startsWith(cut.text)).toBe(true);
  });

  describe("after a signal to one", () => {
    beforeEach(() => ollama.behave({ tokens: 1_000 }));
    afterEach(() => first.restart());

    test.each([60, 1_300])(
      "kill -9, %i ms after the first token: the other marks the reply interrupted, at most 400 ms short",
      async (ms) => {
        const read = await readReply(onFirst, "count to the end");
        await eventually(async () => read.text() !== "");
        await sleep(ms);
        const killedAt = performance.now();
        await first.kill("SIGKILL");
        await read.ended;
        const reply = await endedReplyOf(read.conversationId, 30_000);
        expect(reply.status).toBe("interrupted");
        expect(reply.text.startsWith(read.durableText(killedAt))).toBe(true);
      },
    );

    test("kill -9 right after a reply's first chunk, which acknowledges the message: the message is there", async () => {
      const read = await readReply(onFirst, "remember the bread");
      await first.kill("SIGKILL");
      expect(await messagesOf(onSecond, read.conversationId)).toMatchObject([
        { role: "user", text: "remember the bread", status: "complete" },
        { role: "assistant" },
      ]);
      await read.ended;
    });

    test("SIGTERM: a long reply is interrupted with its text within 10 seconds, before anything is started again", async () => {
      const read = await readReply(onFirst, "count to the end");
      await eventually(async () => read.text().length > 50);
      const signalledAt = performance.now();
      expect(await first.kill("SIGTERM")).toBe(0);
      expect(performance.now() - signalledAt).toBeLessThan(10_000);
      const reply = await replyOf(read.conversationId);
      await read.ended;
      expect(reply?.status).toBe("interrupted");
      expect(reply?.text.startsWith(read.text().trimEnd())).toBe(true);
      expect(read.text().length).toBeGreaterThan(50);
    });

    test("SIGTERM: a reply that takes about 2 more seconds is finished", async () => {
      await ollama.behave({ tokens: 120 });
      const read = await readReply(onFirst, "count a little");
      await eventually(async () => read.text() !== "");
      expect(await first.kill("SIGTERM")).toBe(0);
      expect(await replyOf(read.conversationId)).toMatchObject({
        status: "complete",
        text: expect.stringMatching(/^tok0 tok1 .* tok119 ?$/),
      });
      await read.ended;
    });
  });
});
