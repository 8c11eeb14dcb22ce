import { afterEach, beforeEach, expect, test } from "vitest";
import { revokeSession } from "@/lib/auth/revoke-session";
import { startSession } from "@/lib/auth/start-session";
import { followChatEvents, publishChatEvent } from "@/lib/chat/chat-events";
import { newId } from "@/lib/core/ids";
import type { Caller } from "@/lib/http/caller";
import { aUser, bootChat } from "@/tests/support/chat";

let app: Awaited<ReturnType<typeof bootChat>>;
let caller: Caller;

beforeEach(async () => {
  app = await bootChat("embedded", { OLLAMA_BASE_URL: "http://127.0.0.1:9" });
  const userId = await aUser();
  const sessionId = await startSession(userId, "browser", { address: "192.0.2.1", userAgent: "Test" });
  caller = { userId, email: "a@example.org", name: "A", role: "user", sessionId, via: "cookie" };
});
afterEach(() => app.close());

const readAll = async (stream: ReadableStream<Uint8Array>) => {
  let text = "";
  for await (const bytes of stream) text += new TextDecoder().decode(bytes);
  return text;
};
const somethingHappens = () => publishChatEvent(caller.userId, { type: "conversation-deleted", conversationId: newId() });

test("a stream of events ends soon after its sign-in is revoked, and tells nothing more", async () => {
  const reading = readAll(followChatEvents(caller, 30));
  await somethingHappens();
  await revokeSession(caller, caller.sessionId);
  const text = await reading;
  expect(text.match(/conversation-deleted/g)).toHaveLength(1);
  await somethingHappens();
});

test("events for a reader who does not read pile up to a bound, then the stream ends", async () => {
  const stream = followChatEvents(caller, 60_000);
  for (let count = 0; count < 3_000; count++) await somethingHappens();
  expect((await readAll(stream)).match(/conversation-deleted/g)?.length).toBeLessThanOrEqual(1_001);
});
