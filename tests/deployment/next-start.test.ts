import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiClient, events, idsOf, type StreamEvent, signUp, textOf } from "../support/api-client";
import { fakeOllama } from "../support/fake-ollama";
import { type Hearth, nextStart, startHearth } from "../support/hearth";
import { emptyServerDatabase } from "../support/test-server-database";
import { walkApi } from "../support/walk-api";

describe.skipIf(!process.env.TEST_DATABASE_URL)("plain next start with DATABASE_URL", () => {
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let hearth: Hearth;
  let client: ApiClient;

  beforeAll(async () => {
    ollama = await fakeOllama({ tokens: 40, intervalMs: 20 });
    database = await emptyServerDatabase();
    hearth = await startHearth({ command: nextStart, env: { DATABASE_URL: database.url, OLLAMA_BASE_URL: ollama.url } });
    client = await signUp(hearth.url);
  });
  afterAll(async () => {
    await hearth?.close();
    await database?.drop();
    await ollama?.close();
  });

  test("it migrates, registers an account, streams a reply as it is written, and stores it", async () => {
    const response = await client.request("/api/v1/chat", {
      method: "POST",
      body: JSON.stringify({ message: "count", stream: true }),
      headers: { "accept-encoding": "gzip" },
    });
    const all: { event: StreamEvent; at: number }[] = [];
    for await (const event of events(response)) all.push({ event, at: performance.now() });
    const deltas = all.filter(({ event }) => event.chunk.type === "text-delta");
    expect(textOf(deltas.map(({ event }) => event))).toMatch(/^tok0 tok1 .*tok39/);
    // 40 tokens take 800 ms; a stream that was held back would come all at once.
    expect((deltas.at(-1)?.at ?? 0) - (deltas[0]?.at ?? 0)).toBeGreaterThan(400);
    const history = await client.json<{ items: { role: string; status: string }[] }>("/api/v1/history");
    expect(history.items.map(({ role, status }) => `${role} ${status}`).toSorted()).toEqual(["assistant complete", "user complete"]);
  });

  test("every path of its description answers each of the seven methods as described, to nobody and to an admin", async () => {
    expect((await walkApi(hearth.url)).wrong).toEqual([]);
    const headers = { authorization: `Bearer ${client.accessToken}` };
    expect((await walkApi(hearth.url, { headers, skip: ["logout"] })).wrong).toEqual([]);
  });

  /** Begins a reply of `tokens` tokens in 20 ms each, goes away after the first event, and waits until it is well under way. */
  async function leaveReply(tokens: number) {
    await ollama.behave({ tokens, intervalMs: 20 });
    const leave = new AbortController();
    const response = await client.request("/api/v1/chat", {
      method: "POST",
      body: JSON.stringify({ message: "count", stream: true }),
      signal: leave.signal,
    });
    const { value } = await events(response).next();
    const { conversationId } = idsOf(value);
    await ollama.afterTokens(20);
    leave.abort();
    return conversationId;
  }

  /** Sends the signal, and starts again when the process has ended. @returns how long that took and the exit code */
  async function endBy(signal: NodeJS.Signals) {
    const startedAt = performance.now();
    const code = await hearth.kill(signal);
    const tookMs = performance.now() - startedAt;
    await hearth.restart();
    return { code, tookMs };
  }

  const replyOf = async (conversationId: string) =>
    (await client.json<{ items: { status: string; text: string }[] }>(`/api/v1/messages?conversationId=${conversationId}`)).items.at(-1);

  test.each(["SIGTERM", "SIGINT"] as const)("%s lets a reply that nobody follows finish, and then ends it", async (signal) => {
    const conversationId = await leaveReply(100);
    const { code, tookMs } = await endBy(signal);
    expect({ code, inTime: tookMs < 10_000 }).toEqual({ code: 0, inTime: true });
    expect(await replyOf(conversationId)).toMatchObject({ status: "complete", text: expect.stringMatching(/^tok0 tok1 .*tok99/) });
  });

  test("SIGTERM marks a reply that takes longer interrupted, with its text, and ends within 10 seconds", async () => {
    const conversationId = await leaveReply(2_000);
    const { code, tookMs } = await endBy("SIGTERM");
    expect({ code, inTime: tookMs < 10_000 }).toEqual({ code: 0, inTime: true });
    // It wrote for six seconds more, 50 tokens each; on a busy machine fewer.
    expect(await replyOf(conversationId)).toMatchObject({ status: "interrupted", text: expect.stringMatching(/^tok0 tok1 .*tok100 /) });
  });

  test("SIGTERM ends it within seconds although a page's event stream is open", async () => {
    const leave = new AbortController();
    const stream = await client.request("/api/chat/events", { signal: leave.signal });
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const { code, tookMs } = await endBy("SIGTERM");
    leave.abort();
    expect({ code, inTime: tookMs < 5_000 }).toEqual({ code: 0, inTime: true });
  });
});
