import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { POST as chat } from "@/app/api/v1/chat/route";
import { GET as listModels } from "@/app/api/v1/models/route";
import { db } from "@/db/database";
import { getRun } from "@/db/queries/runs";
import { calls } from "@/db/schema/gateway";
import { callerOf } from "@/lib/auth/caller";
import type { Session } from "@/lib/auth/contract";
import { revokeKey } from "@/lib/auth/keys/revoke-key";
import { openConversation } from "@/lib/chat/open-conversation";
import { startRun } from "@/lib/chat/start-run";
import { stopRun } from "@/lib/chat/stop-run";
import type { Caller } from "@/lib/http/caller";
import { bearer, forgetAttempts, post, registered } from "@/tests/support/accounts";
import { idsOf, type StreamEvent } from "@/tests/support/api-client";
import { type MadeKey, madeKey } from "@/tests/support/api-keys";
import { bootChat, chunksOfRun, until } from "@/tests/support/chat";
import { databaseKinds } from "@/tests/support/database";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";

const model = "ollama/llama3.2:3b";

describe.each(databaseKinds)("chats with an API key on %s", (kind) => {
  let upstream: FakeHost;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let owner: Session;
  let caller: Caller;
  let key: MadeKey;

  beforeEach(async () => {
    upstream = await fakeOllama({ tokens: 4, models: [{ name: "llama3.2:3b", loaded: true }, { name: "small:1b" }] });
    app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url, HEARTH_SIGNUP: "open" });
    forgetAttempts();
    owner = await registered();
    caller = (await callerOf(new Headers(bearer(owner.accessToken)))) as Caller;
    key = await madeKey(owner.accessToken, { scopes: ["chat"] });
  });
  afterEach(async () => {
    await app.close();
    await upstream.close();
  });

  const say = (body: object, token = key.key) => post(chat, { model, message: "Hello", ...body }, bearer(token));
  const callsOf = (runId: string) => db().select().from(calls).where(eq(calls.runId, runId));

  test("every model call of a run that a key asked for counts as the key's, the title's too", async () => {
    await upstream.behave({ reply: "Marzipan and nougat." });
    const { runId, conversationId } = await (await say({})).json();
    await until(async () => (await db().select().from(calls)).length === 2);
    const kept = await db().select().from(calls);
    expect(kept.map(({ purpose, keyId }) => [purpose, keyId]).sort()).toEqual([
      ["chat", key.id],
      ["title", key.id],
    ]);
    expect(await callsOf(runId)).toHaveLength(1);
    const opened = await openConversation({ ownerId: owner.user.id, conversationId });
    expect(JSON.stringify(opened)).not.toContain(key.id);
  });

  test("a run without a key has none, and one that is kept nowhere has its key's", async () => {
    const { runId } = await (await say({ temporary: true })).json();
    await until(async () => (await callsOf(runId)).length === 1);
    expect(await callsOf(runId)).toMatchObject([{ keyId: key.id }]);
    const mine = await (await say({ temporary: true }, owner.accessToken)).json();
    await until(async () => (await callsOf(mine.runId)).length === 1);
    expect(await callsOf(mine.runId)).toMatchObject([{ keyId: null }]);
  });

  test("a reader whose key is revoked is cut off within seconds, and the key is nobody's from then on", async () => {
    await upstream.behave({ tokens: 2_000, intervalMs: 20 });
    const response = await say({ stream: true });
    await upstream.afterTokens(3);
    await revokeKey(caller, key.id);
    expect((await say({})).status).toBe(401);
    const revokedAt = performance.now();
    const text = await response.text();
    expect(text).not.toContain("[DONE]");
    expect(performance.now() - revokedAt).toBeLessThan(6_000);
    const first = JSON.parse(/^data: (\{.*\})$/m.exec(text)?.[1] ?? "{}") as StreamEvent["chunk"];
    await stopRun({ runId: idsOf({ id: 0, chunk: first }).runId, ownerId: owner.user.id });
  }, 15_000);

  test("a run that waits its turn asks no model once its key is revoked, and says why", async () => {
    await upstream.behave({ tokens: 2_000, intervalMs: 20 });
    const ownerId = owner.user.id;
    const writing = await startRun({ ownerId, text: "Count", options: { model } });
    await upstream.afterTokens(2);
    const { conversationId } = writing;
    const waiting = await startRun({ ownerId, keyId: key.id, conversationId, text: "And then?", options: { model } });
    await revokeKey(caller, key.id);
    const asked = upstream.chats.length;
    await stopRun({ runId: writing.runId, ownerId });
    await chunksOfRun({ runId: waiting.runId, ownerId });
    await until(async () => (await getRun(db(), { id: waiting.runId, ownerId })).endedAt !== null);
    expect(await getRun(db(), { id: waiting.runId, ownerId })).toMatchObject({ status: "failed", error: { code: "forbidden" } });
    expect(upstream.chats).toHaveLength(asked);
  }, 15_000);

  test("a key sees the models that it may use only, and asks the first of them when it names none", async () => {
    const small = await madeKey(owner.accessToken, { scopes: ["chat", "models"], models: ["ollama/small*"] });
    const elsewhere = await madeKey(owner.accessToken, { scopes: ["models"], upstreams: ["elsewhere"] });
    const modelsFor = async (token: string) => {
      const answer = await listModels(new Request("http://localhost:3000/api/v1/models", { headers: bearer(token) }), {
        params: Promise.resolve({}),
      });
      return (await answer.json()).items.map(({ id }: { id: string }) => id);
    };
    expect(await modelsFor(small.key)).toEqual(["auto", "ollama/small:1b"]);
    expect(await modelsFor(elsewhere.key)).toEqual([]);
    expect((await (await say({ model: undefined }, small.key)).json()).message.model).toBe("ollama/small:1b");
  });
});
