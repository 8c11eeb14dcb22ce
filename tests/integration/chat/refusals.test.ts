import { afterEach, beforeEach, expect, test } from "vitest";
import { POST as chat } from "@/app/api/v1/chat/route";
import { GET as history } from "@/app/api/v1/history/route";
import type { Session } from "@/lib/auth/contract";
import { bearer, forgetAttempts, post, registered } from "@/tests/support/accounts";
import { bootChat } from "@/tests/support/chat";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { aLimit, forgetPolicy } from "@/tests/support/policy";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const model = "ollama/llama3.2:3b";
let upstream: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let owner: Session;

beforeEach(async () => {
  upstream = await fakeOllama({ tokens: 3 });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url, HEARTH_SIGNUP: "open" });
  forgetAttempts();
  forgetPolicy();
  owner = await registered();
});
afterEach(async () => {
  forgetPolicy();
  await app.close();
  await upstream.close();
});

const say = (body: object) => post(chat as Handler, { model, message: "Hello", ...body }, bearer(owner.accessToken));

test.each([true, false])(
  "a call past a limit of its caller is 429 with Retry-After in a reply that is waited for (temporary: %s)",
  async (temporary) => {
    await aLimit({ subjectKind: "user", subjectId: owner.user.id, requestsPerMinute: 1 });
    expect((await say({ temporary: true })).status).toBe(200);
    const refused = await say({ temporary });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({
      code: "rate_limited",
      status: 429,
      detail: expect.stringContaining(`in ${seconds} seconds`),
    });
    expect(upstream.chats).toHaveLength(1);
  },
);

test("a host that asks for patience is 503 with its Retry-After, and the stored reply says the same", async () => {
  await upstream.behave({ misbehave: "rate-limit", retryAfter: "60" });
  const refused = await say({});
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
  expect(await refused.json()).toMatchObject({ code: "model_unavailable", reason: "overloaded" });
  const request = new Request("http://localhost:3000/?limit=1", { headers: bearer(owner.accessToken) });
  const { items } = await (await (history as Handler)(request, { params: Promise.resolve({}) })).json();
  expect(items).toMatchObject([{ status: "failed", error: { reason: "overloaded", retryAfterS: 60 } }]);
});
