import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as check } from "@/app/api/v1/upstreams/[upstreamId]/check/route";
import { POST as closeBreaker } from "@/app/api/v1/upstreams/[upstreamId]/close-breaker/route";
import { PATCH as change, DELETE as remove } from "@/app/api/v1/upstreams/[upstreamId]/route";
import { POST as checkNew } from "@/app/api/v1/upstreams/check/route";
import { POST as add, GET as list } from "@/app/api/v1/upstreams/route";
import { hostSettings } from "@/db/schema/gateway";
import type { Session } from "@/lib/auth/contract";
import type { UpstreamView } from "@/lib/gateway/hosts/contract";
import { allLanes } from "@/lib/gateway/queue/lane";
import { forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";
import { ask, bootGateway } from "../../support/gateway";
import { sender } from "../../support/send";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
let ollama: Awaited<ReturnType<typeof fakeOllama>>;
let admin: Session;
let send: ReturnType<typeof sender>;

beforeAll(async () => {
  withEnvironment({ HEARTH_SIGNUP: "open" });
  ollama = await fakeOllama();
  gateway = await bootGateway({ OLLAMA_BASE_URL: ollama.url });
  forgetAttempts();
  admin = await registered();
  send = sender(admin.accessToken);
});
afterAll(async () => {
  await gateway.close();
  await ollama.close();
});

const environmentId = "environment-ollama";
const one = async (id: string) => (await send(list)).body.items.find((host: UpstreamView) => host.id === id);

test("a host is listed with its health, how long its checks took, and what it has in memory", async () => {
  const host = await one(environmentId);
  expect(host).toMatchObject({
    name: "ollama",
    source: "environment",
    state: "up",
    modelCount: 1,
    hasKey: false,
    maxParallelSource: "default",
  });
  expect(host.checksMs).toEqual([expect.any(Number)]);
  expect(host.loaded).toEqual([
    {
      model: "ollama/llama3.2:3b",
      name: "llama3.2:3b",
      vramBytes: 2_100_000_000,
      contextLength: 8_192,
      until: expect.stringMatching(/^20\d\d-.*Z$/),
    },
  ]);
});

test("the model on this machine takes one call at a time, also before the first", async () => {
  expect(await one("built-in-embedded")).toMatchObject({ maxParallel: 1, maxParallelSource: "default" });
});

test("the health check leaves connections open that calls then use", async () => {
  const before = ollama.connections;
  expect((await ask("ollama/llama3.2:3b")).text).not.toBe("");
  expect(ollama.connections).toBe(before);
});

test("a host is added with its key, which no answer tells, then changed, checked and deleted with what was set for it", async () => {
  const upstream = await fakeOpenai({ models: [{ name: "m" }] });
  const added = await send(add, { body: { name: "vllm", kind: "openai-compatible", baseUrl: upstream.url, apiKey: "sk-very-secret" } });
  expect(added).toMatchObject({ status: 201, body: { name: "vllm", hasKey: true, source: "saved" } });
  const params = { upstreamId: added.body.id as string };
  expect(await send(check, { params })).toMatchObject({ status: 200, body: { ok: true, models: ["m"] } });
  expect(await one(params.upstreamId)).toMatchObject({ state: "up", modelCount: 1 });

  const changed = await send(change, { params, body: { enabled: false, maxParallel: 3 } });
  expect(changed.body).toMatchObject({ enabled: false, maxParallel: 3, maxParallelSource: "saved" });
  const back = await send(change, { params, body: { maxParallel: null } });
  expect(back.body).toMatchObject({ maxParallel: null, maxParallelSource: "default" });
  expect(JSON.stringify([added, changed, await send(list)])).not.toContain("sk-very-secret");

  expect((await send(add, { body: { name: "vllm", kind: "ollama", baseUrl: upstream.url } })).status).toBe(409);
  await upstream.behave({ misbehave: "refuse" });
  expect((await send(check, { params })).body).toMatchObject({
    ok: false,
    error: expect.stringMatching(/refuses connections|closed the connection/),
  });
  expect((await send(remove, { params })).status).toBe(204);
  expect((await send(remove, { params })).status).toBe(404);
  expect(await gateway.database.db.select().from(hostSettings)).toEqual([]);
  await upstream.close();
});

test("a host that is not added yet is checked by an admin, and nothing of it is kept", async () => {
  const upstream = await fakeOpenai({ models: [{ name: "m" }] });
  const before = (await send(list)).body;
  const body = { kind: "openai-compatible", baseUrl: upstream.url, apiKey: "sk-very-secret" };
  const checked = await send(checkNew, { body });
  expect(checked).toMatchObject({ status: 200, body: { ok: true, modelCount: 1, models: ["m"] } });
  expect((await send(list)).body).toEqual(before);
  await upstream.behave({ misbehave: "refuse" });
  expect((await send(checkNew, { body })).body).toMatchObject({ ok: false, error: expect.stringMatching(/refuses|closed/) });
  await upstream.close();

  expect(await send(checkNew, { body: { kind: "ollama", baseUrl: "no address" } })).toMatchObject({
    status: 400,
    body: { issues: [{ path: "baseUrl" }] },
  });
  expect(await send(checkNew, { body: { kind: "wizard" } })).toMatchObject({ status: 400, body: { issues: [{ path: "body.kind" }] } });
  forgetAttempts();
  const { accessToken } = await registered();
  expect((await sender(accessToken)(checkNew, { body })).status).toBe(403);
});

test("of a host of the environment the number of calls at once can be set, which holds at once, and nothing else", async () => {
  const params = { upstreamId: environmentId };
  for (const body of [{ enabled: false }, { baseUrl: "http://127.0.0.1:9" }, { apiKey: "x" }]) {
    const refused = await send(change, { params, body });
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/set by the environment/) } });
  }
  expect((await send(remove, { params })).status).toBe(409);
  expect((await send(change, { params, body: { maxParallel: 2 } })).body).toMatchObject({ maxParallel: 2, maxParallelSource: "saved" });
  await ask("ollama/llama3.2:3b");
  expect(allLanes().find(({ hostId }) => hostId === environmentId)?.limit).toBe(2);
  await send(change, { params, body: { maxParallel: null } });
});

test("a breaker that has opened is told with its reason, and closed by hand it is closed before any call", async () => {
  await ollama.behave({ misbehave: "server-error" });
  for (let call = 0; call < 5; call++) await ask("ollama/llama3.2:3b");
  const { lanes } = await one(environmentId);
  expect(lanes).toMatchObject([
    { model: "ollama/llama3.2:3b", running: 0, waiting: 0, breaker: { state: "open", until: expect.any(String) } },
  ]);
  expect(lanes[0].breaker.reason).toMatch(/failed inside/);
  await ollama.behave({ misbehave: undefined });
  const closed = await send(closeBreaker, { params: { upstreamId: environmentId }, body: { model: "ollama/llama3.2:3b" } });
  expect(closed.status).toBe(204);
  expect((await one(environmentId)).lanes[0].breaker).toEqual({ state: "closed", until: null, reason: null });
  expect((await ask("ollama/llama3.2:3b")).text).not.toBe("");
  expect((await send(closeBreaker, { params: { upstreamId: "nobody" }, body: { model: "a/b" } })).status).toBe(404);
});

test("pages of hosts follow each other without gaps or doubles", async () => {
  const first = await send(list, { query: "limit=1" });
  const second = await send(list, { query: `limit=1&cursor=${first.body.nextCursor}` });
  expect([...first.body.items, ...second.body.items].map(({ name }: UpstreamView) => name)).toEqual(["ollama", "embedded"]);
  expect(second.body.nextCursor).toBeNull();
});
