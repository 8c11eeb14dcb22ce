import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/db/database";
import { calls } from "@/db/schema/gateway";
import { maxCallsPerStep } from "@/lib/agent/nodes/act";
import { maxToolSteps } from "@/lib/agent/nodes/generate";
import { currentTime } from "@/lib/agent/tools/current-time";
import { openConversation } from "@/lib/chat/open-conversation";
import { startRun } from "@/lib/chat/start-run";
import { aUser, bootChat, chunksOfRun, lastMessageOf, until } from "../../support/chat";
import { fakeOllama } from "../../support/fake-ollama";

const withTools = "ollama/tools:latest";
const withoutTools = "ollama/plain:latest";
const tight = "ollama/tight:latest";

let upstream: Awaited<ReturnType<typeof fakeOllama>>;
let app: Awaited<ReturnType<typeof bootChat>>;
let ownerId: string;

beforeEach(async () => {
  const models = [
    { name: "tools:latest", capabilities: ["completion", "tools"], contextLength: 8192, loaded: true },
    { name: "plain:latest", capabilities: ["completion"], contextLength: 2048, loaded: true },
    { name: "tight:latest", capabilities: ["completion", "tools"], contextLength: 2048, loaded: true },
  ];
  upstream = await fakeOllama({ models, tokens: 3 });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url });
  ownerId = await aUser();
});
afterEach(async () => {
  await app.close();
  await upstream.close();
});

/** The calls that made replies, without those that made titles. */
const replies = () => upstream.chats.filter(({ body }) => !JSON.stringify(body.messages).includes("Write a title"));

async function ask(text: string, options: object, more: object = {}) {
  const run = await startRun({ ownerId, text, options, ...more });
  const chunks = await chunksOfRun({ ...run, ownerId });
  return { run, chunks, reply: await lastMessageOf({ ...run, ownerId }) };
}

test("tool calls run side by side, their results go to the model and stand in the chat as cards", async () => {
  await upstream.behave({
    toolCalls: [
      { name: "calculator", input: { expression: "6 * 7" } },
      { name: "current_time", input: { timeZone: "Asia/Tokyo" } },
    ],
  });
  const { reply } = await ask("What is 6 times 7, and what time is it in Tokyo?", { model: withTools });
  const cards = reply.parts.filter((part) => part.type.startsWith("tool-"));
  expect(cards).toMatchObject([
    { type: "tool-calculator", state: "output-available", output: { result: "42" } },
    { type: "tool-current_time", state: "output-available", output: { timeZone: "Asia/Tokyo" } },
  ]);
  expect(reply.text).toBe("tok0 tok1 tok2 ");
  const [, second] = replies();
  expect(JSON.stringify(second?.body.messages)).toContain("42");
  expect(reply.metadata?.usage?.inputTokens).toBe(22);
});

test("a wrong tool call is an error the model reads, and the reply goes on", async () => {
  await upstream.behave({
    toolCalls: [
      { name: "calculator", input: { expression: "launch()" } },
      { name: "no_such_tool", input: {} },
    ],
  });
  const { reply } = await ask("Go", { model: withTools });
  expect(reply.metadata?.status).toBe("complete");
  expect(reply.parts.find((part) => part.type === "tool-calculator")).toMatchObject({
    state: "output-error",
    errorText: expect.stringContaining("launch"),
  });
  expect(reply.text).toBe("tok0 tok1 tok2 ");
});

test("a model that cannot call tools is given none, and none is given to one that can when the person says so", async () => {
  await ask("Hello", { model: withoutTools });
  await ask("Hello", { model: withTools, tools: "none" });
  await ask("Hello", { model: withTools, tools: ["calculator"] });
  const [plain, refused, one] = replies().map(({ body }) => body.tools as { function: { name: string } }[] | undefined);
  expect(plain ?? []).toEqual([]);
  expect(refused ?? []).toEqual([]);
  expect(one?.map((tool) => tool.function.name)).toEqual(["calculator"]);
});

test("of a hundred tool calls in one step only some are made, and the model is told of the others", async () => {
  await upstream.behave({ toolCalls: Array.from({ length: 100 }, () => ({ name: "calculator", input: { expression: "1 + 1" } })) });
  const { reply } = await ask("Go wild", { model: withTools });
  const states = reply.parts.flatMap((part) => ("state" in part && part.type === "tool-calculator" ? [part.state] : []));
  expect(states.filter((state) => state === "output-available")).toHaveLength(maxCallsPerStep);
  expect(states.filter((state) => state === "output-error")).toHaveLength(100 - maxCallsPerStep);
  expect(reply.text).toBe("tok0 tok1 tok2 ");
});

test("a model that calls tools for ever is made to answer after the last allowed round", async () => {
  const again = { name: "calculator", input: { expression: "1 + 1" } };
  await upstream.behave({ toolCalls: [again], callsUnasked: true });
  const timer = setInterval(() => void upstream.behave({ toolCalls: [again] }), 1);
  const { reply } = await ask("Loop", { model: withTools });
  clearInterval(timer);
  expect(replies()).toHaveLength(maxToolSteps + 1);
  expect(replies().at(-1)?.body.tools ?? []).toEqual([]);
  expect(reply.metadata).toMatchObject({ status: "complete", notes: [expect.stringContaining("8 rounds")] });
}, 30_000);

test("the oldest messages are left out when the context is full, and the reply says so", async () => {
  const first = await ask("word ".repeat(900), { model: withoutTools });
  const { conversationId } = first.run;
  await ask("word ".repeat(900), { model: withoutTools }, { conversationId });
  const { reply } = await ask("And now?", { model: withoutTools }, { conversationId });
  expect(reply.metadata?.notes).toEqual([expect.stringMatching(/left out: .* 2,048 tokens/)]);
  const body = replies().at(-1)?.body as { messages: { role: string }[]; options: { num_ctx: number } };
  expect(body.options.num_ctx).toBe(2048);
  expect(body.messages.length).toBeLessThan(6);
  expect(body.messages[1]?.role).toBe("user");
});

test("what the tools' own descriptions take of the context is not given to older messages", async () => {
  // Without counts of the host's, which would move the estimate.
  await upstream.behave({ reportsUsage: false });
  const { run } = await ask("word ".repeat(450), { model: tight, tools: "none" });
  const inChat = { conversationId: run.conversationId };
  const notesOf = async (text: string, tools: "auto" | "none") => (await ask(text, { model: tight, tools }, inChat)).reply.metadata?.notes;
  await notesOf("word ".repeat(450), "none");
  expect(await notesOf("And with tools?", "auto")).toEqual([expect.stringContaining("left out")]);
  expect(await notesOf("And without?", "none")).toEqual([]);
});

test("results of tools that pass the context are shortened for the model, the oldest first, and the reply says so once", async () => {
  const zones = ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Africa/Nairobi", "Australia/Sydney", "UTC"];
  const round = zones.map((timeZone) => ({ name: "current_time", input: { timeZone } }));
  await upstream.behave({ toolCalls: round });
  const timer = setInterval(() => void upstream.behave({ toolCalls: round }), 1);
  const { reply } = await ask("What time is it everywhere?", { model: tight });
  clearInterval(timer);
  expect(reply.metadata?.status).toBe("complete");
  expect(reply.metadata?.notes).toContainEqual(
    "Results of tools were shortened for the model: this model's context of 2,048 tokens is full.",
  );
  expect(reply.metadata?.notes?.filter((note) => note.includes("shortened"))).toHaveLength(1);
  const bodies = replies().map(({ body }) => JSON.stringify(body.messages));
  expect(bodies.at(-1)).toContain("What time is it everywhere?");
  expect(bodies.at(-1)?.indexOf("Left out to save room")).toBeGreaterThan(0);
  expect(bodies.at(-1)?.lastIndexOf("Left out to save room")).toBeLessThan(bodies.at(-1)?.lastIndexOf("isoWeek") ?? 0);
  expect(bodies[1]).not.toContain("Left out to save room");
  // The cards in the chat stay whole: only the model sees less.
  expect(JSON.stringify(reply.parts)).not.toContain("Left out to save room");
}, 30_000);

test("a tool that hangs is cut off at its time limit, its signal aborted, and the reply goes on", async () => {
  let signal: AbortSignal | undefined;
  const hang = vi.spyOn(currentTime, "run").mockImplementation((_, context) => {
    signal = context.signal;
    return new Promise(() => {});
  });
  const { timeoutMs } = currentTime;
  currentTime.timeoutMs = 200;
  await upstream.behave({
    toolCalls: [
      { name: "current_time", input: {} },
      { name: "calculator", input: { expression: "6 * 7" } },
    ],
  });
  const { reply } = await ask("Go", { model: withTools });
  hang.mockRestore();
  currentTime.timeoutMs = timeoutMs;
  const cards = reply.parts.filter((part) => part.type.startsWith("tool-"));
  expect(cards).toMatchObject([
    { type: "tool-current_time", state: "output-error", errorText: "current_time took longer than 0.2 seconds and was stopped." },
    { type: "tool-calculator", state: "output-available" },
  ]);
  expect(signal?.aborted).toBe(true);
  expect(reply).toMatchObject({ text: "tok0 tok1 tok2 ", metadata: { status: "complete" } });
});

test("parameters and the person's own system prompt reach the host", async () => {
  await ask("Hello", { model: withoutTools, system: "Speak like a pirate.", temperature: 1.5, topP: 0.5, maxTokens: 77 });
  const body = replies()[0]?.body as { messages: { role: string; content: string }[]; options: Record<string, unknown> };
  expect(body.messages[0]).toMatchObject({ role: "system", content: "Speak like a pirate." });
  expect(body.options).toMatchObject({ temperature: 1.5, top_p: 0.5, num_predict: 77 });
});

test("a title is made from the first exchange after the reply, and a person's own title stays", async () => {
  await upstream.behave({ reply: '"Sailing To Byzantium."' });
  const { run } = await ask("Tell me of Byzantium", { model: withoutTools });
  const title = async () => (await openConversation({ ownerId, conversationId: run.conversationId })).conversation.title;
  await until(async () => (await title()) === "Sailing To Byzantium");
  const purposes = async () => (await db().select().from(calls)).map(({ purpose }) => purpose).sort();
  await until(async () => (await purposes()).join() === "chat,title");
});

test("a title gives way to the next message, and is made after that one's reply", async () => {
  await upstream.behave({ reply: "A slow title", intervalMs: 300 });
  const { run } = await ask("Tell me of Byzantium", { model: withoutTools });
  await until(() => upstream.chats.length === 2);
  await upstream.behave({ reply: "Second answer", intervalMs: 0 });
  await ask("And of Venice", { model: withoutTools }, { conversationId: run.conversationId });
  await upstream.behave({ reply: "Two Cities" });
  const title = async () => (await openConversation({ ownerId, conversationId: run.conversationId })).conversation.title;
  await until(async () => ["Two Cities", "Second answer"].includes(await title()));
  expect(await title()).not.toBe("A slow title");
});

test("a title is given up when Hearth stops: its host is not asked any more, nor any other", async () => {
  await upstream.behave({ reply: "A slow title", intervalMs: 300 });
  await ask("Tell me of Byzantium", { model: withoutTools });
  await until(() => upstream.chats.length === 2);
  const closed = upstream.closedByClient();
  await app.close();
  expect(await closed).toBe(true);
  app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url });
  expect(upstream.chats).toHaveLength(2);
});

test("reasoning is kept apart from the reply and not sent back", async () => {
  await upstream.behave({ reasoning: "Let me think.", reply: "Done." });
  const { run, reply } = await ask("Think", { model: withTools });
  expect(reply.parts.find((part) => part.type === "reasoning")).toMatchObject({ text: "Let me think." });
  expect(reply.text).toBe("Done.");
  await ask("Again", { model: withTools }, { conversationId: run.conversationId });
  expect(JSON.stringify(replies().at(-1)?.body)).not.toContain("Let me think");
});
