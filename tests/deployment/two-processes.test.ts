import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiClient, events, eventually, idsOf, type StreamEvent, signUp, textOf } from "../support/api-client";
import { fakeOllama } from "../support/fake-ollama";
import { type Hearth, startHearth } from "../support/hearth";
import { emptyServerDatabase } from "../support/test-server-database";

type Message = { id: string; role: string; status: string; text: string };

describe.skipIf(!process.env.TEST_DATABASE_URL)("two processes on one Postgres", () => {
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let first: Hearth;
  let second: Hearth;
  let onFirst: ApiClient;
  let onSecond: ApiClient;

  beforeAll(async () => {
    ollama = await fakeOllama({ tokens: 150, intervalMs: 20 });
    database = await emptyServerDatabase();
    const env = { DATABASE_URL: database.url, OLLAMA_BASE_URL: ollama.url };
    // Together, so that both find an empty database and take turns to migrate it.
    [first, second] = await Promise.all([startHearth({ env }), startHearth({ env })]);
    onFirst = await signUp(first.url);
    onSecond = onFirst.at(second.url);
  });
  afterAll(async () => {
    await Promise.all([first?.close(), second?.close()]);
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
    const { items } = await onSecond.json<{ items: Message[] }>(`/api/v1/messages?conversationId=${conversationId}`);
    return items.at(-1);
  };

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

  test("a run started on one is stopped on the other: its host's connection closes and its text stays", async () => {
    const { runId, conversationId, stream } = await start("count again");
    await ollama.afterTokens(20);
    const stoppedAt = performance.now();
    await onSecond.json(`/api/v1/runs/${runId}/stop`, {});
    expect(await ollama.closedByClient(1_000)).toBe(true);
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
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

  test("a run of a process that was killed is marked interrupted by the other, its text kept", async () => {
    const { conversationId, stream } = await start("count to the end");
    const reading = rest(stream).catch(() => []);
    await ollama.afterTokens(60);
    await first.kill("SIGKILL");
    await reading;
    const reply = await eventually(async () => {
      const last = await replyOf(conversationId);
      return last?.status === "interrupted" && last;
    }, 45_000);
    expect(reply.text).toMatch(/^tok0 tok1 /);
    await first.restart();
  });
});
