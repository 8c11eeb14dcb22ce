import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiClient, events, eventually, type StreamEvent, signUp } from "../support/api-client";
import { fakeOllama } from "../support/fake-ollama";
import { type Hearth, startHearth } from "../support/hearth";
import { messagesOf, readReply } from "../support/read-reply";

type Waiting = { runId: string; conversationId: string; message: { status: string; parts: { toolCallId?: string }[] } };

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

describe("kill -9", () => {
  test.each([60, 450, 1_300])("in mid-reply, %i ms after the first token, loses at most 400 ms of the reply", async (killAfterMs) => {
    const read = await readReply(client, "count");
    await eventually(async () => read.text() !== "");
    await sleep(killAfterMs);
    const killedAt = performance.now();
    await hearth.kill("SIGKILL");
    await read.ended;
    await hearth.restart();
    const [said, reply] = await messagesOf(client, read.conversationId);
    expect(said).toMatchObject({ role: "user", text: "count" });
    expect(reply?.status).toBe("interrupted");
    const durable = read.durableText(killedAt);
    if (killAfterMs > 1_000) expect(durable).not.toBe("");
    expect(reply?.text.startsWith(durable)).toBe(true);
  });

  test("right after a reply's first chunk, which acknowledges the message, does not lose the message", async () => {
    const read = await readReply(client, "remember the bread");
    await hearth.kill("SIGKILL");
    await read.ended;
    await hearth.restart();
    expect(await messagesOf(client, read.conversationId)).toMatchObject([
      { role: "user", text: "remember the bread", status: "complete" },
      { role: "assistant", status: "interrupted" },
    ]);
  });

  test("right after a message was acknowledged does not lose it", async () => {
    const { id: conversationId } = await client.json<{ id: string }>("/api/v1/conversations", {});
    await client.json("/api/v1/messages", { conversationId, role: "user", text: "remember the milk" });
    await hearth.kill("SIGKILL");
    await hearth.restart();
    expect((await messagesOf(client, conversationId)).map(({ text }) => text)).toEqual(["remember the milk"]);
  });

  test("an interrupted reply goes on from the text that is there", async () => {
    const { conversationId, text, ended } = await readReply(client, "count on");
    await eventually(async () => text().length > 150);
    await hearth.kill("SIGKILL");
    await ended;
    await hearth.restart();
    const cut = await eventually(async () => (await messagesOf(client, conversationId)).find(({ status }) => status === "interrupted"));
    await ollama.behave({ tokens: 3, intervalMs: 0 });
    const response = await client.request("/api/chat", {
      method: "POST",
      body: JSON.stringify({ id: conversationId, trigger: "continue", messageId: cut.id }),
    });
    const all: StreamEvent[] = [];
    for await (const event of events(response)) all.push(event);
    const [, reply] = await messagesOf(client, conversationId);
    await ollama.behave({ tokens: 500, intervalMs: 20 });
    expect(reply).toMatchObject({ id: cut.id, status: "complete" });
    expect(reply?.text.startsWith(cut.text)).toBe(true);
    expect(reply?.text.length).toBeGreaterThan(cut.text.length);
  });
});

describe("kill -9 while a call waits for an approval", () => {
  let host: Awaited<ReturnType<typeof fakeOllama>>;
  let app: Hearth;
  let admin: ApiClient;

  beforeAll(async () => {
    host = await fakeOllama({ models: [{ name: "tools:latest", capabilities: ["completion", "tools"], loaded: true }] });
    const env = { OLLAMA_BASE_URL: host.url, HEARTH_TERMINAL: "admin", HEARTH_TERMINAL_SHELL: "/bin/bash" };
    app = await startHearth({ env });
    admin = await signUp(app.url);
    await eventually(async () => (await admin.json<{ items: unknown[] }>("/api/v1/models")).items.length > 0);
  });
  afterAll(async () => {
    await app.close();
    await host.close();
  });

  test("it waits on, has not been run, and is run once when it is approved", async () => {
    const file = path.join(app.dataDir, "ran");
    await host.behave({ toolCalls: [{ name: "run_command", input: { command: `echo once >> ${file}` } }], reply: "It is done." });
    const asked = await admin.json<Waiting>("/api/v1/chat", { message: "Run it.", model: "ollama/tools:latest" });
    expect(asked.message.status).toBe("awaiting-approval");
    const call = asked.message.parts.find(({ toolCallId }) => toolCallId);
    await app.kill("SIGKILL");
    await app.restart();
    expect(await admin.json(`/api/v1/runs/${asked.runId}`)).toMatchObject({ status: "awaiting-approval" });
    expect(existsSync(file)).toBe(false);
    await eventually(async () => (await admin.json<{ items: unknown[] }>("/api/v1/models")).items.length > 0);
    const decision = { toolCallId: call?.toolCallId, decision: "approve" };
    const { id } = await admin.json<{ id: string }>(`/api/v1/runs/${asked.runId}/approvals`, decision);
    expect(id).not.toBe(asked.runId);
    await eventually(async () => (await admin.json<{ status: string }>(`/api/v1/runs/${id}`)).status === "complete");
    expect(readFileSync(file, "utf8")).toBe("once\n");
    expect((await messagesOf(admin, asked.conversationId)).at(-1)).toMatchObject({ status: "complete", text: "It is done." });
  });
});

test("SIGTERM in mid-reply ends the process within 10 seconds and keeps the reply's text", async () => {
  const { conversationId, text, ended } = await readReply(client, "count");
  await eventually(async () => text().length > 50);
  const startedAt = performance.now();
  expect(await hearth.kill("SIGTERM")).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_500);
  await ended;
  await hearth.restart();
  const reply = (await messagesOf(client, conversationId)).at(-1);
  expect(["interrupted", "complete"]).toContain(reply?.status);
  expect(reply?.text.startsWith(text().trimEnd())).toBe(true);
});

test("SIGTERM in the middle of an answer of /v1 has it finished and its record stored", async () => {
  await eventually(async () => (await client.json<{ items: unknown[] }>("/api/v1/models")).items.length > 0);
  await ollama.behave({ tokens: 60, intervalMs: 20 });
  const body = { model: "ollama/llama3.2:3b", messages: [{ role: "user", content: "Count." }], stream: true };
  const response = await client.request("/v1/chat/completions", { method: "POST", body: JSON.stringify(body) });
  const ended = hearth.kill("SIGTERM");
  expect(await response.text()).toMatch(/tok59 .*data: \[DONE\]/s);
  expect(await ended).toBe(0);
  await hearth.restart();
  const usage = async () => (await client.request("/api/v1/usage.csv")).text();
  expect(await eventually(async () => (await usage()).split("\n").find((line) => line.includes(",api,")))).toContain("ollama/llama3.2:3b");
});
