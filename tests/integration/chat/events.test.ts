import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/db/database";
import { getRun } from "@/db/queries/runs";
import { revokeSession } from "@/lib/auth/revoke-session";
import { startSession } from "@/lib/auth/start-session";
import { followChatEvents, publishChatEvent } from "@/lib/chat/chat-events";
import { runResponse } from "@/lib/chat/run-response";
import { startRun } from "@/lib/chat/start-run";
import { stopRun } from "@/lib/chat/stop-run";
import { newId } from "@/lib/core/ids";
import type { SignedInCaller } from "@/lib/http/caller";
import { aUser, bootChat } from "@/tests/support/chat";
import { fakeOllama } from "@/tests/support/fake-ollama";

let app: Awaited<ReturnType<typeof bootChat>>;
let caller: SignedInCaller;

beforeEach(async () => {
  app = await bootChat("embedded", { OLLAMA_BASE_URL: "http://127.0.0.1:9" });
  await signIn();
});
afterEach(() => app.close());

async function signIn() {
  const userId = await aUser();
  const sessionId = await startSession(userId, "browser", { address: "192.0.2.1", userAgent: "Test" });
  caller = { userId, email: "a@example.org", name: "A", role: "user", sessionId, via: "cookie" };
}

const readAll = async (stream: ReadableStream<Uint8Array>) => {
  let text = "";
  for await (const bytes of stream) text += new TextDecoder().decode(bytes);
  return text;
};
const somethingHappens = () => publishChatEvent(caller.userId, { type: "conversation-deleted", conversationId: newId() });

test("a stream of events ends soon after its sign-in is revoked, and tells nothing more", async () => {
  const reading = readAll(followChatEvents(caller));
  await somethingHappens();
  await revokeSession(caller, caller.sessionId);
  const text = await reading;
  expect(text.match(/conversation-deleted/g)).toHaveLength(1);
  await somethingHappens();
});

test("a reader of a reply whose sign-in is revoked is cut off within seconds, and the reply goes on", async () => {
  const upstream = await fakeOllama({ models: [{ name: "fake:latest" }], tokens: 2_000, intervalMs: 20 });
  await app.close();
  app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url });
  await signIn();
  const { runId } = await startRun({ ownerId: caller.userId, text: "Hello", options: { model: "ollama/fake:latest" } });
  const response = await runResponse({ caller, runId, from: 0 });
  await upstream.afterTokens(3);
  await revokeSession(caller, caller.sessionId);
  const revokedAt = performance.now();
  expect(await response.text()).not.toContain("[DONE]");
  expect(performance.now() - revokedAt).toBeLessThan(6_000);
  expect((await getRun(db(), { id: runId, ownerId: caller.userId })).status).toBe("running");
  await stopRun({ runId, ownerId: caller.userId });
  await upstream.closedByClient();
  await upstream.close();
}, 15_000);

test("events for a reader who does not read pile up to a bound, then the stream ends", async () => {
  const stream = followChatEvents(caller);
  for (let count = 0; count < 3_000; count++) await somethingHappens();
  expect((await readAll(stream)).match(/conversation-deleted/g)?.length).toBeLessThanOrEqual(1_001);
});
