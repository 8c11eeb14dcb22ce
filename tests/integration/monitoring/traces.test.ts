import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GET as exported } from "@/app/api/monitoring/traces/[traceId]/route";
import { db } from "@/db/database";
import { deleteConversation, eraseDeleted } from "@/db/queries/conversations";
import { findRunOfMessage } from "@/db/queries/traces";
import { modelSettings } from "@/db/schema/gateway";
import { spans } from "@/db/schema/spans";
import { startRun } from "@/lib/chat/start-run";
import { stopRun } from "@/lib/chat/stop-run";
import { startTemporaryRun } from "@/lib/chat/temporary-run";
import { resetEnv } from "@/lib/core/env";
import { NotFoundError } from "@/lib/core/errors";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import type { Caller } from "@/lib/http/caller";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { viewQuery } from "@/lib/monitoring/overview/contract";
import { listCalls } from "@/lib/monitoring/overview/list-calls";
import { traceQuery } from "@/lib/monitoring/spans/contract";
import { getTrace } from "@/lib/monitoring/spans/get-trace";
import { listTraces, traceViewOf } from "@/lib/monitoring/spans/list-traces";
import { saveTraceSettings } from "@/lib/monitoring/spans/trace-settings";
import { aUser, bootChat, callerOf, chunksOfRun, until } from "../../support/chat";
import { databaseKinds } from "../../support/database";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { storedSpans, treeOf } from "../../support/trace-tree";

const [asked, other] = ["ollama/asked:latest", "ollama/other:latest"];
const tools = { capabilities: ["completion", "tools"], loaded: true };
const question = "What is 6 times 7, tell me of marzipan";

describe.each(databaseKinds)("traces on %s", (kind) => {
  let first: FakeHost;
  let second: FakeHost;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;
  let admin: Caller;

  beforeEach(async () => {
    for (const name of ["trace-settings", "span-queue"]) clearProcessGlobal(name);
    first = await fakeOllama({ tokens: 4, models: [{ name: "asked:latest", ...tools }] });
    second = await fakeOllama({ tokens: 4, models: [{ name: "other:latest", ...tools }] });
    app = await bootChat(kind, { OLLAMA_BASE_URL: `${first.url},${second.url}`, HEARTH_TRACES: "on" });
    ownerId = await aUser();
    admin = callerOf(await aUser("admin"), "admin");
    await db()
      .insert(modelSettings)
      .values({ modelId: asked, fallbacks: [other] });
    await loadModelSettings();
    await first.behave({ misbehave: "reject-key" });
  });
  afterEach(async () => {
    await storedSpans();
    await app.close();
    await Promise.all([first.close(), second.close()]);
  });

  /** Asks for a reply that takes a tool and another model, and waits for its end. */
  async function aReply(by = ownerId, options: object = { model: asked }) {
    await second.behave({ toolCalls: [{ name: "calculator", input: { expression: "6 * 7" } }] });
    const run = await startRun({ ownerId: by, text: question, options });
    await chunksOfRun({ ...run, ownerId: by });
    return run;
  }
  const traceOf = (runId: string, caller = callerOf(ownerId)) => getTrace(caller, runId);
  const list = async (query: Record<string, string> = {}, caller = callerOf(ownerId)) =>
    (await listTraces({ caller, view: traceViewOf(caller, query), timeZone: "UTC", now: new Date() })).items;

  test("a run with a tool and a host that fails is the tree of what was done, timed, with what each part took", async () => {
    const run = await aReply();
    const trace = await traceOf(run.runId);
    expect(treeOf(trace)).toEqual([
      "run Reply",
      "  step prepare",
      "  step generate",
      `    model chat ${asked}`,
      "      attempt ollama: error",
      "      attempt ollama-2",
      "  step act",
      "    tool calculator",
      "  step generate",
      `    model chat ${asked}`,
      "      attempt ollama: error",
      "      attempt ollama-2",
      "  step finish",
    ]);
    const byId = new Map(trace.spans.map((span) => [span.id, span]));
    for (const { startMs, endMs, parentId } of trace.spans) {
      const parent = byId.get(parentId ?? "");
      expect(endMs).toBeGreaterThanOrEqual(startMs);
      if (parent) expect([startMs >= parent.startMs, (endMs ?? 0) <= (parent.endMs ?? 0) + 5]).toEqual([true, true]);
    }
    expect(trace.root).toMatchObject({ model: other, attributes: { "gen_ai.operation.name": "invoke_agent" } });
    const [, , , call, failed, answered] = trace.spans;
    expect(call).toMatchObject({
      model: other,
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "ollama",
        "gen_ai.request.model": asked,
        "gen_ai.response.model": other,
        "gen_ai.usage.input_tokens": 11,
        "hearth.attempts": 2,
        "hearth.host": "ollama-2",
      },
    });
    expect(failed).toMatchObject({ error: expect.stringContaining("key"), attributes: { "error.type": "key_rejected" } });
    expect(answered?.attributes["hearth.first_token_ms"]).toEqual(expect.any(Number));
    expect(trace.spans.find((span) => span.kind === "tool")?.attributes).toMatchObject({ "gen_ai.tool.name": "calculator" });
    expect(await findRunOfMessage(db(), { messageId: run.messageId, ownerId })).toBe(run.runId);
    expect(await findRunOfMessage(db(), { messageId: run.messageId, ownerId: admin.userId })).toBeNull();
  });

  test("a trace is invisible to everyone but its owner and admins, in lists, by its id and as a file", async () => {
    const run = await aReply();
    const stranger = callerOf(await aUser());
    await expect(traceOf(run.runId, stranger)).rejects.toThrow(NotFoundError);
    expect(await list({}, stranger)).toEqual([]);
    expect(await list({ user: ownerId }, stranger)).toEqual([]);
    expect((await traceOf(run.runId, admin)).spans).toHaveLength(13);
    expect((await list({ user: ownerId }, admin)).map(({ traceId }) => traceId)).toContain(run.runId);
    expect(await list({ user: admin.userId }, admin)).toEqual([]);
    const answer = await exported(new Request("http://localhost:3000/"), { params: Promise.resolve({ traceId: run.runId }) });
    expect(answer.status).toBe(401);
  });

  test("each call leads to its own part of its trace, for as long as that is kept", async () => {
    const run = await aReply();
    await storedSpans();
    const calls = async () => {
      await flushCalls();
      const shown = { caller: callerOf(ownerId), view: viewQuery.parse({}), timeZone: "UTC", now: new Date() };
      return (await listCalls(shown)).items.filter(({ purpose }) => purpose === "chat").toReversed();
    };
    const models = (await traceOf(run.runId)).spans.filter(({ kind: what }) => what === "model");
    expect(models).toHaveLength(2);
    expect((await calls()).map(({ trace }) => trace)).toEqual(models.map(({ id }) => ({ traceId: run.runId, spanId: id })));
    await db().delete(spans);
    expect((await calls()).map(({ trace }) => trace)).toEqual([null, null]);
  });

  test("what was said is kept of nobody unless an admin wants it", async () => {
    await aReply();
    const all = await storedSpans();
    expect(all.length).toBeGreaterThan(12);
    expect(all.filter(({ input, output }) => input !== null || output !== null)).toEqual([]);
    expect(JSON.stringify(all)).not.toMatch(/marzipan|6 \* 7|tok0/);
  });

  test("what was said is kept of everyone when it is on, cut to size, found by text, and never of temporary chats", async () => {
    await saveTraceSettings({ traceContent: "on" });
    const run = await aReply();
    const { root, spans } = await traceOf(run.runId);
    expect(root).toMatchObject({ input: question, output: "tok0 tok1 tok2 tok3 " });
    expect(spans.find(({ kind: of }) => of === "tool")).toMatchObject({
      input: '{"expression":"6 * 7"}',
      output: expect.stringContaining("42"),
    });
    const calls = spans.filter(({ kind: of }) => of === "model");
    expect(JSON.parse(calls[0]?.input ?? "").at(-1)).toEqual({ role: "user", parts: [{ type: "text", content: question }] });
    expect(JSON.parse(calls[1]?.output ?? "")).toEqual([{ role: "assistant", parts: [{ type: "text", content: "tok0 tok1 tok2 tok3 " }] }]);
    expect((await list({ text: "MARZIPAN" })).map(({ traceId }) => traceId)).toContain(run.runId);
    expect(await list({ text: "marzipa_" })).toEqual([]);
    const long = await startRun({ ownerId, text: "long ".repeat(6_000), options: { model: asked } });
    await chunksOfRun({ ...long, ownerId });
    const cut = await traceOf(long.runId);
    for (const { input } of cut.spans) expect(input?.length ?? 0).toBeLessThan(16_200);
    const secret = await startTemporaryRun({ ownerId, text: "nougat", options: { model: asked } });
    await until(async () =>
      (await storedSpans()).some(({ traceId, endedAt, kind: of }) => traceId === secret.runId && of === "run" && endedAt),
    );
    const kept = (await storedSpans()).filter(({ traceId }) => traceId === secret.runId);
    expect(kept.length).toBeGreaterThan(4);
    expect(kept.filter(({ input, output }) => input !== null || output !== null)).toEqual([]);
  });

  test("a chat that is erased takes its traces with it, that of its title too, and no others", async () => {
    const [gone, kept] = [await aReply(), await aReply()];
    await until(async () => (await storedSpans()).filter(({ name, endedAt }) => name === "Title" && endedAt).length === 2);
    await deleteConversation(db(), { id: gone.conversationId, ownerId });
    expect(await eraseDeleted(db(), -1)).toBe(1);
    const left = await storedSpans();
    expect(left.filter(({ parentId }) => parentId === null).map(({ conversationId }) => conversationId)).toEqual([
      kept.conversationId,
      kept.conversationId,
    ]);
    expect(left.some(({ traceId }) => traceId === gone.runId)).toBe(false);
  });

  test("where only admins' words are kept, those of others are not", async () => {
    await saveTraceSettings({ traceContent: "admins" });
    const [own, theirs] = [await aReply(admin.userId), await aReply()];
    expect((await traceOf(own.runId, admin)).root.input).toBe(question);
    const { spans } = await traceOf(theirs.runId);
    expect(spans.filter(({ input, output }) => input !== null || output !== null)).toEqual([]);
  });

  test("the environment's word on what is kept stands above the saved one", async () => {
    process.env.HEARTH_TRACE_CONTENT = "off";
    resetEnv();
    try {
      await saveTraceSettings({ traceContent: "on" });
      const { root } = await traceOf((await aReply()).runId);
      expect(root.input).toBeNull();
    } finally {
      delete process.env.HEARTH_TRACE_CONTENT;
      resetEnv();
    }
  });

  test("a run can be looked at while it goes on, and is stopped when it was stopped", async () => {
    await first.behave({ misbehave: undefined, tokens: 200, intervalMs: 20 });
    const run = await startRun({ ownerId, text: "count", options: { model: asked } });
    await until(async () => (await storedSpans()).some(({ traceId, kind: of }) => traceId === run.runId && of === "attempt"));
    expect(treeOf(await traceOf(run.runId))).toEqual([
      "run Reply: running",
      "  step prepare",
      "  step generate: running",
      `    model chat ${asked}: running`,
      "      attempt ollama: running",
    ]);
    expect((await list({ status: "running" })).map(({ traceId }) => traceId)).toEqual([run.runId]);
    await stopRun({ runId: run.runId, ownerId });
    await chunksOfRun({ ...run, ownerId });
    await until(async () => (await traceOf(run.runId)).spans.every(({ status }) => status !== "running"));
    expect(treeOf(await traceOf(run.runId)).filter((line) => line.includes("stopped"))).toHaveLength(4);
    expect((await list({ status: "stopped" })).map(({ traceId }) => traceId)).toEqual([run.runId]);
  });

  test("lists are narrowed by status, kind, model and text, page by page", async () => {
    const run = await aReply();
    await first.behave({ misbehave: "reject-key" });
    await second.behave({ misbehave: "reject-key" });
    const failed = await startRun({ ownerId, text: "hello", options: { model: asked } });
    await chunksOfRun({ ...failed, ownerId });
    await storedSpans();
    const ids = async (query: Record<string, string>) => (await list(query)).map(({ traceId }) => traceId);
    expect(await ids({ status: "error", kind: "run" })).toEqual([failed.runId]);
    expect(await ids({ kind: "tool" })).toEqual([run.runId]);
    expect(await ids({ kind: "run", model: other })).toContain(run.runId);
    expect(await ids({ model: "nothing" })).toEqual([]);
    expect(await ids({ text: "CALCULATOR" })).toEqual([run.runId]);
    expect(await ids({ from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" })).toEqual([]);
    expect((await list({ kind: "tool" }))[0]).toMatchObject({ spans: 13, inputTokens: 22, status: "ok", model: other });
    expect(traceQuery.parse({ status: "nonsense", kind: "%", text: "" })).toEqual({ range: "24h" });
  });
});
