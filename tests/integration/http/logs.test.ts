import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as pageChat } from "@/app/api/chat/route";
import { POST as chat } from "@/app/api/v1/chat/route";
import { GET as me } from "@/app/api/v1/me/route";
import { POST as completions } from "@/app/v1/chat/completions/route";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import { createLog } from "@/lib/core/log";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
import { bearer, forgetAttempts, goodPassword, loggedIn, post, registered } from "@/tests/support/accounts";
import { bootChat, until } from "@/tests/support/chat";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOpenai } from "@/tests/support/fake-openai";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Line = Record<string, unknown>;

const model = "openai/gpt-5";
const asked = "the-colour-of-my-diary";
const answered = "it-was-plum-coloured";
let upstream: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let owner: Session;
let written = "";

beforeAll(async () => {
  clearProcessGlobal("log");
  processGlobal("log", () => createLog("trace", { write: (line: string) => (written += line) }));
  upstream = await fakeOpenai({ reply: answered });
  const hosts = { OPENAI_BASE_URL: `${upstream.url}/v1`, OPENAI_API_KEY: "sk-of-the-host", OLLAMA_BASE_URL: "http://127.0.0.1:47999" };
  app = await bootChat("embedded", { ...hosts, HEARTH_SIGNUP: "open" });
  forgetAttempts();
  owner = await registered();
});
afterAll(async () => {
  await app.close();
  await upstream.close();
  clearProcessGlobal("log");
});

const lines = () =>
  written
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
const linesWith = (field: string, value: unknown) => lines().filter((line) => line[field] === value);
const ask = (handler: unknown, body: object) => post(handler as Handler, { model, ...body }, bearer(owner.accessToken));

test.each([false, true])(
  "a request's lines and its run's are joined by their ids, from the call to the end of the reply (stream: %s)",
  async (stream) => {
    const response = await ask(chat, { message: asked, stream });
    const requestId = response.headers.get("x-request-id");
    await response.text();
    const accepted = linesWith("requestId", requestId).find(({ msg }) => msg === "run accepted");
    expect(accepted).toMatchObject({ userId: owner.user.id, runId: expect.any(String), level: 30, time: expect.stringMatching(/Z$/) });
    await until(() => linesWith("runId", accepted?.runId).some(({ msg }) => msg === "run ended"));
    const ended = linesWith("runId", accepted?.runId).find(({ msg }) => msg === "run ended");
    expect(ended).toMatchObject({ requestId, userId: owner.user.id, conversationId: expect.any(String), status: "complete", model });
    expect(linesWith("requestId", requestId).find(({ msg }) => msg === "request")).toMatchObject({
      msg: "request",
      path: "/api/v1/chat",
      status: 200,
      durationMs: expect.any(Number),
    });
  },
);

test("a run that fails says why under the same id, as does a call under /v1 under its request's", async () => {
  await upstream.behave({ misbehave: "server-error" });
  const failed = await ask(chat, { message: asked });
  const accepted = linesWith("requestId", failed.headers.get("x-request-id")).find(({ msg }) => msg === "run accepted");
  expect(linesWith("runId", accepted?.runId)).toContainEqual(
    expect.objectContaining({ msg: "the model could not answer", reason: "crashed", userId: owner.user.id }),
  );
  const refused = await ask(completions, { messages: [{ role: "user", content: asked }] });
  expect(linesWith("requestId", refused.headers.get("x-request-id"))).toContainEqual(
    expect.objectContaining({ msg: "request failed", userId: owner.user.id, code: "crashed" }),
  );
});

test("nothing that people wrote, were answered, or keep secret is in any line, whatever went wrong", async () => {
  await upstream.behave({ misbehave: "bad-request", says: `cannot read: ${asked}` });
  await (await ask(chat, { message: asked })).text();
  await ask(completions, { messages: [{ role: "user", content: asked }] });
  for (const misbehave of ["drop-mid-stream", "garbage", "empty", "reject-key", undefined] as const) {
    await upstream.behave({ misbehave, says: undefined });
    await (await ask(chat, { message: asked, system: asked, stream: true })).text();
    await (await ask(completions, { messages: [{ role: "user", content: asked }], stream: true })).text();
  }
  const page = { id: newId(), trigger: "send", message: { id: newId(), text: asked }, parentId: null, options: { model } };
  await (await ask(pageChat, page)).text();
  await ask(chat, { message: asked, temperature: asked });
  await loggedIn(owner.user.email);
  await (me as Handler)(new Request("http://localhost:3000/api/v1/me", { headers: bearer("no-such-token") }), {
    params: Promise.resolve({}),
  });
  expect(lines().length).toBeGreaterThan(30);
  const secrets = [
    asked,
    answered,
    goodPassword,
    owner.accessToken,
    owner.refreshToken,
    owner.user.email,
    "sk-of-the-host",
    "no-such-token",
  ];
  expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
});
