import { afterEach, beforeEach, expect, test } from "vitest";
import { POST as pageChat } from "@/app/api/chat/route";
import { POST as chat } from "@/app/api/v1/chat/route";
import type { Session } from "@/lib/auth/contract";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { saveGatewaySettings } from "@/lib/gateway/gateway-settings";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { bearer, forgetAttempts, post, registered, withEnvironment } from "@/tests/support/accounts";
import { bootChat, until } from "@/tests/support/chat";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { aBudget } from "@/tests/support/policy";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const model = "ollama/llama3.2:3b";
let upstream: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let owner: Session;

beforeEach(async () => {
  upstream = await fakeOllama({ tokens: 6 });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url, HEARTH_SIGNUP: "open" });
  clearProcessGlobal("agent-told-budgets");
  forgetAttempts();
  owner = await registered();
});
afterEach(async () => {
  await app.close();
  await upstream.close();
});

const say = (text: string, more = {}) =>
  post(chat as Handler, { model, message: text, temporary: true, ...more }, bearer(owner.accessToken));
const notesOf = (message: { parts: { type: string; data?: unknown }[] }) =>
  message.parts.filter(({ type }) => type === "data-note").map(({ data }) => data);

test("a person is told under the reply that a budget comes to its end, once", async () => {
  await aBudget({ subjectKind: "user", subjectId: owner.user.id, limitTokens: 20, hard: false });
  const notes = [];
  for (const text of ["1", "2", "3", "4"]) {
    notes.push(notesOf((await (await say(text)).json()).message));
    await flushSettlements();
  }
  // A call takes more than 16 tokens and fewer than 20.
  expect(notes).toEqual([[], ["More than 80 % of your budget for today is used."], ["All of your budget for today is used."], []]);
});

test("a message past a hard budget is refused with 402 before a host is asked, and the chat page shows why", async () => {
  await aBudget({ subjectKind: "user", subjectId: owner.user.id, limitTokens: 5 });
  const refused = await say("Hello");
  expect(refused.status).toBe(402);
  expect(await refused.json()).toMatchObject({ code: "budget_exceeded", detail: expect.stringContaining("your budget for today") });
  const streamed = await (await say("Hello", { stream: true })).text();
  expect(streamed).toContain("your budget for today");
  expect(upstream.chats).toEqual([]);
});

test("a changed chat limit holds with the next message, on the page as over the API", async () => {
  withEnvironment({ HEARTH_CHAT_PER_MINUTE: undefined });
  await saveGatewaySettings({ chatPerMinute: 1 });
  expect((await say("1")).headers.get("ratelimit-limit")).toBe("1");
  expect((await say("2")).status).toBe(429);
  await saveGatewaySettings({ chatPerMinute: 2 });
  const body = { id: owner.user.id, trigger: "send", message: { id: owner.user.id, text: "3" }, parentId: null, options: { model } };
  const page = await post(pageChat as Handler, body, bearer(owner.accessToken));
  expect([page.status, page.headers.get("ratelimit-limit"), page.headers.get("ratelimit-remaining")]).toEqual([200, "2", "0"]);
  await page.text();
  expect((await say("4")).status).toBe(429);
  await until(() => upstream.chats.length >= 2);
});
