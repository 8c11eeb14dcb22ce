import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { events, type StreamEvent, signUp, textOf } from "../support/api-client";
import { fakeOllama } from "../support/fake-ollama";
import { type Hearth, nextStart, startHearth } from "../support/hearth";
import { emptyServerDatabase } from "../support/test-server-database";

describe.skipIf(!process.env.TEST_DATABASE_URL)("plain next start with DATABASE_URL", () => {
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let database: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let hearth: Hearth;

  beforeAll(async () => {
    ollama = await fakeOllama({ tokens: 40, intervalMs: 20 });
    database = await emptyServerDatabase();
    hearth = await startHearth({ command: nextStart, env: { DATABASE_URL: database.url, OLLAMA_BASE_URL: ollama.url } });
  });
  afterAll(async () => {
    await hearth?.close();
    await database?.drop();
    await ollama?.close();
  });

  test("it migrates, registers, streams a reply as it is written, and stores it", async () => {
    const client = await signUp(hearth.url);
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

  test("SIGTERM ends it within 10 seconds", async () => {
    const startedAt = performance.now();
    await hearth.kill("SIGTERM");
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
