import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiClient, events, eventually, idsOf, type StreamEvent, signUp, textOf } from "../support/api-client";
import { fakeOllama } from "../support/fake-ollama";
import { type Hearth, startHearth } from "../support/hearth";

type Message = { id: string; role: string; status: string; text: string };

let ollama: Awaited<ReturnType<typeof fakeOllama>>;
let hearth: Hearth;
let client: ApiClient;

beforeAll(async () => {
  ollama = await fakeOllama({ tokens: 500, intervalMs: 20 });
  hearth = await startHearth({ env: { OLLAMA_BASE_URL: ollama.url } });
  client = await signUp(hearth.url);
});
afterAll(async () => {
  await hearth.close();
  await ollama.close();
});

const messagesOf = (conversationId: string) =>
  client.json<{ items: Message[] }>(`/api/v1/messages?conversationId=${conversationId}`).then(({ items }) => items);

/** Starts a reply and reads it until the process dies. Each event is kept with the time at which it came. */
async function readUntilDeath(message: string, killAfterMs: number) {
  const response = await client.request("/api/v1/chat", { method: "POST", body: JSON.stringify({ message, stream: true }) });
  expect(response.status).toBe(200);
  const seen: { event: StreamEvent; at: number }[] = [];
  const reading = (async () => {
    for await (const event of events(response)) seen.push({ event, at: performance.now() });
  })().catch(() => {});
  await eventually(async () => seen.some(({ event }) => event.chunk.type === "text-delta"));
  await sleep(killAfterMs);
  const killedAt = performance.now();
  await hearth.kill("SIGKILL");
  await reading;
  const { conversationId } = idsOf(seen[0]?.event);
  return { conversationId, seen, killedAt };
}

describe("kill -9", () => {
  test.each([60, 450, 1_300])("in mid-reply, %i ms after the first token, loses at most 400 ms of the reply", async (killAfterMs) => {
    const { conversationId, seen, killedAt } = await readUntilDeath("count", killAfterMs);
    const durable = textOf(seen.filter(({ at }) => at < killedAt - 400).map(({ event }) => event));
    await hearth.restart();
    const reply = await eventually(async () =>
      (await messagesOf(conversationId)).find(({ role, status }) => role === "assistant" && status !== "running"),
    );
    expect(reply.status).toBe("interrupted");
    expect(reply.text.startsWith(durable.trimEnd())).toBe(true);
  });

  test("right after a message was acknowledged does not lose it", async () => {
    const { id: conversationId } = await client.json<{ id: string }>("/api/v1/conversations", {});
    await client.json("/api/v1/messages", { conversationId, role: "user", text: "remember the milk" });
    await hearth.kill("SIGKILL");
    await hearth.restart();
    expect((await messagesOf(conversationId)).map(({ text }) => text)).toEqual(["remember the milk"]);
  });

  test("an interrupted reply goes on from the text that is there", async () => {
    const { conversationId } = await readUntilDeath("count on", 600);
    await hearth.restart();
    const cut = await eventually(async () => (await messagesOf(conversationId)).find(({ status }) => status === "interrupted"));
    await ollama.behave({ tokens: 3, intervalMs: 0 });
    const response = await client.request("/api/chat", {
      method: "POST",
      body: JSON.stringify({ id: conversationId, trigger: "continue", messageId: cut.id }),
    });
    const all: StreamEvent[] = [];
    for await (const event of events(response)) all.push(event);
    const [, reply] = await messagesOf(conversationId);
    await ollama.behave({ tokens: 500, intervalMs: 20 });
    expect(reply).toMatchObject({ id: cut.id, status: "complete" });
    expect(reply?.text.startsWith(cut.text)).toBe(true);
    expect(reply?.text.length).toBeGreaterThan(cut.text.length);
  });
});

test("SIGTERM in mid-reply ends the process within 10 seconds and keeps the reply's text", async () => {
  const response = await client.request("/api/v1/chat", { method: "POST", body: JSON.stringify({ message: "count", stream: true }) });
  const all: StreamEvent[] = [];
  const reading = (async () => {
    for await (const event of events(response)) all.push(event);
  })().catch(() => {});
  await eventually(async () => textOf(all).length > 50);
  const startedAt = performance.now();
  expect(await hearth.kill("SIGTERM")).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_500);
  await reading;
  await hearth.restart();
  const { conversationId } = idsOf(all[0]);
  const reply = (await messagesOf(conversationId)).at(-1);
  expect(["interrupted", "complete"]).toContain(reply?.status);
  expect(reply?.text.startsWith(textOf(all).trimEnd())).toBe(true);
});
