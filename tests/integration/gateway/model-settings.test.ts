import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { PATCH as change, GET as details } from "@/app/api/v1/models/[...modelId]/route";
import { POST as load } from "@/app/api/v1/models/load/route";
import { GET as models } from "@/app/api/v1/models/route";
import { POST as unload } from "@/app/api/v1/models/unload/route";
import { POST as complete } from "@/app/v1/chat/completions/route";
import { GET as openaiModel } from "@/app/v1/models/[...id]/route";
import { GET as openaiModels } from "@/app/v1/models/route";
import { modelSettings } from "@/db/schema/gateway";
import type { Session } from "@/lib/auth/contract";
import { defaultModelId } from "@/lib/gateway/default-model";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { prewarmDue } from "@/lib/gateway/prewarm/prewarm-loop";
import { forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { until } from "../../support/chat";
import { fakeOllama } from "../../support/fake-ollama";
import { ask, bootGateway } from "../../support/gateway";
import { sender } from "../../support/send";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
let ollama: Awaited<ReturnType<typeof fakeOllama>>;
let admin: Session;
let user: Session;

beforeAll(async () => {
  withEnvironment({ HEARTH_SIGNUP: "open" });
  const names = ["llama3.2:3b", "qwen3:latest", "hidden:1b"];
  const chat = names.map((name) => ({ name, capabilities: ["completion", "tools"], contextLength: 131_072 }));
  ollama = await fakeOllama({ models: [...chat, { name: "embed:1b", capabilities: ["embedding"], contextLength: 512 }] });
  gateway = await bootGateway({ OLLAMA_BASE_URL: ollama.url });
  forgetAttempts();
  [admin, user] = [await registered(), await registered()];
});
beforeEach(async () => {
  await gateway.database.db.delete(modelSettings);
  await loadModelSettings();
  ollama.requests.length = 0;
});
afterAll(async () => {
  await gateway.close();
  await ollama.close();
});

const send = (handler: unknown, sent: Parameters<ReturnType<typeof sender>>[1] = {}, as = admin) => sender(as.accessToken)(handler, sent);
const set = (modelId: string, body: unknown) => send(change, { params: { modelId: [modelId] }, body });
const asked = (path: string) => ollama.requests.filter((request) => request.path === path).map(({ body }) => body);

test("each setting tells whether it is saved, one change leaves the others, and null takes one back to its default", async () => {
  await set("ollama/llama3.2:3b", { hedge: true, keepAlive: "30m" });
  const changed = await set("ollama/llama3.2:3b", { fallbacks: ["ollama/qwen3"], inputUsdPerMTok: 0.5, keepAlive: null });
  expect(changed.body).toMatchObject({
    id: "ollama/llama3.2:3b",
    settings: { hedge: true, keepAlive: null, fallbacks: ["ollama/qwen3"], inputUsdPerMTok: 0.5, visibleTo: "everyone" },
    sources: { hedge: "saved", keepAlive: "default", fallbacks: "saved", inputUsdPerMTok: "saved", visibleTo: "default" },
  });
  const read = await send(details, { params: { modelId: ["ollama", "llama3.2:3b"] } });
  expect(read.body).toMatchObject(changed.body);
  const listed = (await send(models)).body.items.find(({ id }: { id: string }) => id === "ollama/llama3.2:3b");
  expect(listed.pricing).toEqual({ inputUsdPerMTok: 0.5, outputUsdPerMTok: 0 });
});

test("a model's details have what its Ollama tells of it, and its settings alone while that is down", async () => {
  const params = { modelId: ["ollama%2Fllama3.2%3A3b"] };
  const { body } = await send(details, { params });
  expect(body.facts).toEqual({
    upstream: "ollama",
    sizeBytes: 1_000_000,
    family: "llama",
    parameterSize: "3B",
    quantization: "Q4_K_M",
    format: "gguf",
    modifiedAt: "2026-01-02T03:04:05.000Z",
    parameters: 'stop "<|end|>"',
    template: "{{ .Prompt }}",
    licence: "A licence to chat",
  });
  await ollama.behave({ misbehave: "refuse" });
  expect((await send(details, { params })).body.facts).toBeNull();
  await ollama.behave({ misbehave: undefined });
});

test.each([
  ["a model that nobody has", "ollama/nobody:1b", { hedge: true }, 404],
  ["a model that falls back to itself", "ollama/qwen3", { fallbacks: ["ollama/qwen3:latest"] }, 400],
  ["a model that falls back to one twice", "ollama/qwen3", { fallbacks: ["a/b", "a/b"] }, 400],
  ["a keep-alive that Ollama does not read", "ollama/qwen3", { keepAlive: "for ever" }, 400],
  ["a time that no clock shows", "ollama/qwen3", { prewarm: { days: [1], times: ["24:00"] } }, 400],
  ["no days", "ollama/qwen3", { prewarm: { days: [], times: ["08:00"] } }, 400],
  ["a model whose hosts know only streams", "ollama/qwen3", { streaming: "never" }, 400],
  ["a price below nothing", "ollama/qwen3", { inputUsdPerMTok: -1 }, 400],
])("%s is refused and nothing is stored", async (_, modelId, body, status) => {
  expect((await set(modelId, body)).status).toBe(status);
  expect(await gateway.database.db.select().from(modelSettings)).toEqual([]);
});

test("a model falls back along its chain, also when it is named without its tag", async () => {
  await set("ollama/qwen3", { fallbacks: ["ollama/llama3.2:3b"] });
  await ollama.behave({ misbehave: "no-model" });
  await ask("ollama/qwen3");
  await ollama.behave({ misbehave: undefined });
  expect(asked("/api/chat").map(({ model }) => model)).toEqual(["qwen3", "llama3.2:3b"]);
});

test.each([
  ["30m", "30m"],
  ["-1", -1],
  ["600", 600],
])("a keep-alive of %s goes with every call in the form that Ollama reads", async (keepAlive, sent) => {
  await set("ollama/qwen3", { keepAlive });
  await ask("ollama/qwen3");
  await ask("ollama/llama3.2:3b");
  expect(asked("/api/chat").map(({ keep_alive }) => keep_alive)).toEqual([sent, undefined]);
});

test("a model is loaded with the context that calls ask for, so that they do not load it anew, and unloaded", async () => {
  await set("ollama/qwen3", { keepAlive: "1h" });
  expect((await send(load, { body: { modelId: "ollama/qwen3" } })).body).toEqual({ hosts: [{ upstream: "ollama", ok: true }] });
  await ask("ollama/qwen3");
  const [loaded] = asked("/api/generate");
  expect(loaded).toMatchObject({ model: "qwen3:latest", keep_alive: "1h" });
  const options = asked("/api/chat")[0]?.options as { num_ctx: number } | undefined;
  expect(loaded?.options).toEqual({ num_ctx: options?.num_ctx });
  const isLoaded = async () =>
    (await send(models)).body.items.find(({ id }: { id: string }) => id === "ollama/qwen3:latest").upstreams[0].loaded;
  expect(await isLoaded()).toBe(true);
  await send(unload, { body: { modelId: "ollama/qwen3" } });
  expect(asked("/api/generate").at(-1)).toMatchObject({ model: "qwen3:latest", keep_alive: 0 });
  expect(await isLoaded()).toBe(false);
});

test("a model for embeddings is loaded by the request that it has, and a failing host is told by name", async () => {
  expect((await send(load, { body: { modelId: "ollama/embed:1b" } })).body.hosts).toEqual([{ upstream: "ollama", ok: true }]);
  expect(asked("/api/embed")).toMatchObject([{ model: "embed:1b", input: [] }]);
  await ollama.behave({ misbehave: "refuse" });
  const { body } = await send(load, { body: { modelId: "ollama/embed:1b" } });
  expect(body.hosts).toEqual([
    { upstream: "ollama", ok: false, error: expect.stringMatching(/refuses connections|closed the connection/) },
  ]);
  await ollama.behave({ misbehave: undefined });
  expect((await send(load, { body: { modelId: "ollama/nobody:1b" } })).status).toBe(404);
});

test("a model is loaded when its time has come, once however often it is asked for meanwhile", async () => {
  const now = new Date(Date.now() + 120_000);
  const pad = (part: number) => String(part).padStart(2, "0");
  const times = [`${pad(now.getHours())}:${pad(now.getMinutes())}`];
  await set("ollama/qwen3", { prewarm: { days: [0, 1, 2, 3, 4, 5, 6], times } });
  await ollama.behave({ loadMs: 500 });
  prewarmDue(new Date(now.getTime() - 3_600_000));
  expect(asked("/api/generate")).toEqual([]);
  prewarmDue(now);
  await send(load, { body: { modelId: "ollama/qwen3" } });
  prewarmDue(now);
  await until(() => asked("/api/generate").length > 0);
  expect(asked("/api/generate")).toHaveLength(1);
  await ollama.behave({ loadMs: 0 });
});

test("a model for admins is, to others, in no list and under no name, no default and no fallback; admins use it", async () => {
  await set("ollama/hidden:1b", { visibleTo: "admins" });
  await set("ollama/qwen3", { fallbacks: ["ollama/hidden:1b"] });
  const listed = async (as: Session) => (await send(models, {}, as)).body.items.map(({ name }: { name: string }) => name);
  const atV1 = async (as: Session) => (await send(openaiModels, {}, as)).body.data.map(({ name }: { name: string }) => name);
  const named = async (as: Session) => (await send(openaiModel, { params: { id: ["hidden:1b"] } }, as)).status;
  const called = async (as: Session, model: string) =>
    (await send(complete, { body: { model, messages: [{ role: "user", content: "Hi" }] } }, as)).status;
  expect([await listed(user), await atV1(user)].flat()).not.toContain("hidden:1b");
  expect([await listed(admin), await atV1(admin)].flat().filter((name) => name === "hidden:1b")).toHaveLength(2);
  expect([await named(user), await named(admin)]).toEqual([404, 200]);
  for (const model of ["hidden:1b", "ollama/hidden:1b"]) {
    expect([await called(user, model), await called(admin, model)]).toEqual([404, 200]);
  }
  const { failure } = await ask("ollama/hidden:1b", { context: { userId: user.user.id } });
  expect(failure?.reason).toBe("no_model");
  await ollama.behave({ misbehave: "no-model" });
  ollama.requests.length = 0;
  for (const { user: someone } of [user, admin]) await ask("ollama/qwen3", { context: { userId: someone.id } });
  await ollama.behave({ misbehave: undefined });
  expect(asked("/api/chat").map(({ model }) => model)).toEqual(["qwen3", "qwen3", "hidden:1b"]);
  for (const modelId of ["ollama/llama3.2:3b", "ollama/qwen3"]) await set(modelId, { visibleTo: "admins" });
  expect(await defaultModelId({ userId: user.user.id })).toBeNull();
  expect(await defaultModelId({ userId: admin.user.id })).not.toBeNull();
});
