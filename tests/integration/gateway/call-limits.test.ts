// Next keeps requests in AsyncLocalStorage, which it finds on globalThis.
import "next/dist/server/node-environment-baseline";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { saveCallLimits } from "@/app/(workspace)/settings/limits/actions";
import { hostSettings } from "@/db/schema/gateway";
import { gatewaySettings, sourcedSettings } from "@/lib/gateway/gateway-settings";
import { loadHostSettings } from "@/lib/gateway/host-settings";
import { type CallLimitChanges, callLimits } from "@/lib/gateway/limits/contract";
import { queueStates } from "@/lib/gateway/queue/queue-states";
import { browserCookie, forgetAttempts, registered } from "@/tests/support/accounts";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { ask, bootGateway, setHosts } from "@/tests/support/gateway";
import { inRequest } from "@/tests/support/request-scope";

const id = "ollama/llama3.2:3b";
const names = callLimits.keyof().options;

let gateway: Awaited<ReturnType<typeof bootGateway>>;
let host: FakeHost;
let cookies: { admin: string; user: string };

const save = (changes: CallLimitChanges, cookie = cookies.admin) =>
  inRequest(
    new Request("http://localhost:3000/settings/limits", { headers: { host: "localhost:3000", "sec-fetch-site": "same-origin", cookie } }),
    "action",
    () => saveCallLimits(changes),
  );

beforeAll(async () => {
  gateway = await bootGateway({});
  process.env.HEARTH_SIGNUP = "open";
  setHosts({});
  forgetAttempts();
  const [admin, user] = [await registered(), await registered()];
  cookies = { admin: (await browserCookie(admin.user.id)).cookie, user: (await browserCookie(user.user.id)).cookie };
});
beforeEach(async () => {
  host = await fakeOllama({ tokens: 3 });
  setHosts({ OLLAMA_BASE_URL: host.url });
  expect(await ask(id)).toMatchObject({ failure: undefined });
});
afterEach(async () => {
  delete process.env.HEARTH_IDLE_TIMEOUT_MS;
  await save(Object.fromEntries(names.map((name) => [name, null])));
  await host.close();
});
afterAll(() => gateway.close());

test("each limit is its default until an admin saves another, and the environment stands above both", async () => {
  const defaults = sourcedSettings(names);
  expect(Object.values(defaults).every(({ source }) => source === "default")).toBe(true);
  expect(await save({ queueMax: 7, idleTimeoutMs: 5_000 })).toMatchObject({ ok: true });
  process.env.HEARTH_IDLE_TIMEOUT_MS = "9000";
  setHosts({ HEARTH_IDLE_TIMEOUT_MS: "9000" });
  expect(sourcedSettings(names)).toEqual({
    ...defaults,
    queueMax: { value: 7, source: "saved" },
    idleTimeoutMs: { value: 9_000, source: "environment" },
  });
  await save({ queueMax: null });
  setHosts({});
  expect(sourcedSettings(["queueMax", "idleTimeoutMs"])).toEqual({
    queueMax: defaults.queueMax,
    idleTimeoutMs: { value: 5_000, source: "saved" },
  });
});

test.each([{ queueMax: -1 }, { queueMax: 1.5 }, { queueTimeoutMs: 3_600_001 }, { replyTimeoutMs: 99 }, { ollamaContextTokens: 1 }])(
  "%j is refused at its field, and nothing is saved",
  async (changes) => {
    const before = gatewaySettings();
    const [path] = Object.keys(changes);
    expect(await save(changes)).toMatchObject({ ok: false, problem: { code: "invalid_request", issues: [{ path }] } });
    expect(gatewaySettings()).toEqual(before);
  },
);

test("the limits are for admins", async () => {
  expect(await save({ queueMax: 1 }, cookies.user)).toMatchObject({ ok: false, problem: { code: "forbidden" } });
  expect(gatewaySettings().queueMax).toBe(100);
});

test("a saved limit of time holds with the next call", async () => {
  await host.behave({ misbehave: "hang-before-headers" });
  await save({ firstTokenTimeoutMs: 300, coldLoadTimeoutMs: 300 });
  expect(await ask(id)).toMatchObject({ failure: { reason: "timed_out", message: expect.stringContaining("sent nothing within 300 ms") } });
});

test("a saved longest wait in line holds with the next call", async () => {
  await host.behave({ tokens: 100, intervalMs: 20 });
  await gateway.database.db.insert(hostSettings).values({ hostId: "environment-ollama", maxParallel: 1 });
  await loadHostSettings();
  await save({ queueTimeoutMs: 200 });
  const stop = new AbortController();
  const running = ask(id, { abortSignal: stop.signal }).catch(() => undefined);
  await expect.poll(() => queueStates()[0]?.running).toBe(1);
  expect(await ask(id)).toMatchObject({ failure: { reason: "overloaded", message: expect.stringMatching(/stayed taken/) } });
  stop.abort();
  await running;
});
