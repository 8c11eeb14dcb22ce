import { afterEach, beforeEach, expect, test } from "vitest";
import { POST as chat } from "@/app/api/v1/chat/route";
import { POST as decide } from "@/app/api/v1/runs/[runId]/approvals/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import type { Session } from "@/lib/auth/contract";
import { bearer, forgetAttempts, post, registered } from "@/tests/support/accounts";
import { riskyCalculator, toolModels, toolPartsOf, withTools } from "@/tests/support/approvals";
import { bootChat, until } from "@/tests/support/chat";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { storedSpans } from "@/tests/support/trace-tree";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let upstream: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let owner: Session;
let risky: ReturnType<typeof riskyCalculator>;

beforeEach(async () => {
  risky = riskyCalculator();
  upstream = await fakeOllama({ models: toolModels, tokens: 3 });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url, HEARTH_SIGNUP: "open" });
  forgetAttempts();
  owner = await registered();
});
afterEach(async () => {
  risky.restore();
  await app.close();
  await upstream.close();
});

/** A program's message, to which the model answers with a call of the calculator. */
async function say(more = {}) {
  await upstream.behave({ toolCalls: [{ name: "calculator", input: { expression: "6 * 7" } }] });
  const response = await post(chat as Handler, { message: "Compute it.", model: withTools, ...more }, bearer(owner.accessToken));
  expect(response.status).toBe(200);
  return response.json();
}
const decideAs = (session: Session, runId: string, body: object) =>
  (decide as Handler)(
    new Request("http://localhost:3000/", {
      method: "POST",
      headers: { "content-type": "application/json", ...bearer(session.accessToken) },
      body: JSON.stringify(body),
    }),
    { params: Promise.resolve({ runId }) },
  );
async function runOf(runId: string) {
  const request = new Request("http://localhost:3000/", { headers: bearer(owner.accessToken) });
  return (await (getRun as Handler)(request, { params: Promise.resolve({ runId }) })).json();
}

test("a program that waits for the whole reply is told that it waits for an approval, and can give it", async () => {
  const { runId, message } = await say();
  expect(message).toMatchObject({ status: "awaiting-approval", text: "" });
  const [call] = toolPartsOf(message);
  expect(call).toMatchObject({ state: "approval-requested", input: { expression: "6 * 7" } });
  const approve = { toolCallId: call?.toolCallId, decision: "approve" };
  expect((await decideAs(await registered(), runId, approve)).status).toBe(404);
  const response = await decideAs(owner, runId, approve);
  expect(response.status).toBe(200);
  const next = await response.json();
  expect(next).toMatchObject({ messageId: message.id, status: "running" });
  await until(async () => (await runOf(next.id)).status === "complete");
  expect(risky.ran).toEqual(["6 * 7"]);
});

test("what is no decision is 400, what is decided otherwise or waits no more is 409, each with what to do", async () => {
  const { runId, message } = await say();
  const toolCallId = toolPartsOf(message)[0]?.toolCallId;
  const refused = async (body: object) => {
    const response = await decideAs(owner, runId, { toolCallId, ...body });
    const { code, errors } = await response.json();
    return [response.status, code, errors?.[0]?.path].filter(Boolean).join(" ");
  };
  expect(await refused({ decision: "maybe" })).toMatch(/^400 /);
  expect(await refused({ decision: "edit" })).toMatch(/^400 /);
  expect(await refused({ decision: "edit", input: { expression: 7 } })).toMatch(/^400 /);
  expect(await refused({ decision: "edit", input: { expression: "lone \ud800" } })).toMatch(/^400 /);
  expect(await refused({ decision: "reject", remember: "conversation" })).toMatch(/^400 /);
  expect(await refused({ decision: "approve", input: { expression: "8" } })).toMatch(/^409 conflict/);
  expect((await decideAs(owner, runId, { toolCallId, decision: "reject" })).status).toBe(200);
  expect(await refused({ decision: "approve" })).toMatch(/^409 conflict/);
  expect(risky.ran).toEqual([]);
});

test("in a temporary chat the tool is not offered, a call of it is refused plainly, and nothing waits", async () => {
  const { runId, message } = await say({ temporary: true });
  const offered = JSON.stringify(upstream.chats.find(({ body }) => body.tools)?.body.tools);
  expect(offered).toContain("current_time");
  expect(offered).not.toContain("calculator");
  expect(message).toMatchObject({ status: "complete", text: "tok0 tok1 tok2 " });
  expect(JSON.stringify(message.parts)).toContain("unavailable tool 'calculator'");
  const toolCallId = toolPartsOf(message)[0]?.toolCallId;
  expect((await decideAs(owner, runId, { toolCallId, decision: "approve" })).status).toBe(409);
  expect(risky.ran).toEqual([]);
});

test("the traces show that the person was asked, how long that took and what they said", async () => {
  const { runId, message } = await say();
  const next = await (await decideAs(owner, runId, { toolCallId: toolPartsOf(message)[0]?.toolCallId, decision: "approve" })).json();
  await until(async () => (await runOf(next.id)).status === "complete");
  const steps = async (id: string) => (await storedSpans()).filter(({ traceId }) => traceId === id);
  const asked = (await steps(runId)).find(({ name }) => name === "approval");
  expect(asked?.attributes).toMatchObject({ "hearth.approval": "requested", "gen_ai.tool.name": "calculator" });
  const all = await steps(next.id);
  const waited = all.find(({ name }) => name === "approval");
  expect(waited?.attributes).toMatchObject({ "hearth.approval": "approved" });
  expect(Number(waited?.endedAt) - Number(waited?.startedAt)).toBeGreaterThan(0);
  expect(all.map(({ kind, name }) => `${kind} ${name}`)).toContain("tool calculator");
});
