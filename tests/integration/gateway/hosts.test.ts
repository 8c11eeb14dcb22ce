import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { upstreams } from "@/db/schema/gateway";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { defaultModelId } from "@/lib/gateway/default-model";
import { deleteUpstream } from "@/lib/gateway/delete-upstream";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { checkDueHosts, startHealthLoop, stopHealthLoop } from "@/lib/gateway/health-loop";
import { findModel, listModels } from "@/lib/gateway/list-models";
import { pageOfModels } from "@/lib/gateway/page-of-models";
import { checkReadiness } from "@/lib/gateway/readiness";
import { testUpstream } from "@/lib/gateway/test-upstream";
import { updateUpstream } from "@/lib/gateway/update-upstream";
import { upstreamStates } from "@/lib/gateway/upstream-states";
import { fakeAnthropic } from "../../support/fake-anthropic";
import { fakeGoogle } from "../../support/fake-google";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";
import { ask, bootGateway, setHosts } from "../../support/gateway";

const nowhere = "http://127.0.0.1:47999";
let gateway: Awaited<ReturnType<typeof bootGateway>>;
beforeAll(async () => {
  gateway = await bootGateway({ OLLAMA_BASE_URL: nowhere });
});
afterAll(() => gateway.close());

/** A host that accepts connections and never says a word. */
async function silentHost() {
  const server = createServer((socket) => void socket.on("error", () => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())).catch(() => undefined),
  };
}

test("an Ollama's models are listed with their capabilities, context and whether they are loaded", async () => {
  const upstream = await fakeOllama({
    models: [
      { name: "qwen3:4b", capabilities: ["completion", "tools", "thinking"], contextLength: 40_960, loaded: true },
      { name: "llava:7b", capabilities: ["completion", "vision"] },
      { name: "nomic-embed-text:latest", capabilities: ["embedding"], contextLength: 2_048 },
    ],
  });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  const where = { name: "ollama", state: "up" };
  expect(await listModels()).toEqual([
    {
      id: "ollama/qwen3:4b",
      name: "qwen3:4b",
      upstreams: [{ ...where, loaded: true }],
      capabilities: { tools: true, vision: false, thinking: true, embedding: false, json: true },
      contextLength: 40_960,
    },
    {
      id: "ollama/llava:7b",
      name: "llava:7b",
      upstreams: [{ ...where, loaded: false }],
      capabilities: { tools: false, vision: true, thinking: false, embedding: false, json: true },
      contextLength: null,
    },
    {
      id: "ollama/nomic-embed-text:latest",
      name: "nomic-embed-text:latest",
      upstreams: [{ ...where, loaded: false }],
      capabilities: { tools: false, vision: false, thinking: false, embedding: true, json: false },
      contextLength: 2_048,
    },
  ]);
  expect(await findModel("ollama/nomic-embed-text")).toMatchObject({ id: "ollama/nomic-embed-text:latest" });
  expect(await ask("ollama/nomic-embed-text")).toMatchObject({ failure: { reason: "no_model" } });
  await upstream.close();
});

test("a model's details are asked for once, not at each check", async () => {
  const upstream = await fakeOllama();
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  await listModels();
  for (let check = 0; check < 3; check++) {
    for (const host of gatewayState().hosts.values()) host.nextCheckAt = 0;
    await checkDueHosts();
  }
  expect(upstream.requests.filter(({ path }) => path === "/api/tags")).toHaveLength(4);
  expect(upstream.requests.filter(({ path }) => path === "/api/show")).toHaveLength(1);
  await upstream.close();
});

test("hosted providers' models are listed under their prefixes, with prices where they are known", async () => {
  const [openai, anthropic, google] = await Promise.all([
    fakeOpenai({ models: [{ name: "gpt-5" }, { name: "whisper-1" }] }),
    fakeAnthropic(),
    fakeGoogle(),
  ]);
  setHosts({
    OLLAMA_BASE_URL: nowhere,
    OPENAI_BASE_URL: openai.url,
    ANTHROPIC_BASE_URL: anthropic.url,
    ANTHROPIC_API_KEY: "a",
    GOOGLE_GENERATIVE_AI_BASE_URL: google.url,
    GOOGLE_GENERATIVE_AI_API_KEY: "g",
  });
  const models = await listModels();
  expect(models.map(({ id }) => id)).toEqual(["openai/gpt-5", "anthropic/claude-sonnet-4-5", "google/gemini-2.5-flash"]);
  expect(models[0]).toMatchObject({
    pricing: { inputUsdPerMTok: 1.25, outputUsdPerMTok: 10 },
    capabilities: { tools: true, vision: true },
  });
  expect(models[2]?.contextLength).toBe(1_048_576);
  await Promise.all([openai.close(), anthropic.close(), google.close()]);
});

test("the same model on two hosts is one entry, and a host that is up and has it loaded answers", async () => {
  const [cold, warm] = await Promise.all([
    fakeOllama({ models: [{ name: "same:1b", contextLength: 8_192 }] }),
    fakeOllama({ models: [{ name: "same:1b", contextLength: 4_096, loaded: true }] }),
  ]);
  setHosts({ OLLAMA_BASE_URL: `${nowhere},${cold.url},${warm.url}` });
  expect(await listModels()).toMatchObject([
    {
      id: "ollama/same:1b",
      contextLength: 4_096,
      upstreams: [
        { name: "ollama-2", loaded: false },
        { name: "ollama-3", loaded: true },
      ],
    },
  ]);
  expect(await ask("ollama/same:1b")).toMatchObject({ failure: undefined, record: { upstream: "ollama-3" } });
  await Promise.all([cold.close(), warm.close()]);
});

test("a host that never answers delays the first look by half a second at most, and later ones not at all", async () => {
  const silent = await silentHost();
  const upstream = await fakeOllama();
  setHosts({ OLLAMA_BASE_URL: `${silent.url},${upstream.url}`, HEARTH_CONNECT_TIMEOUT_MS: "3000" });
  const timed = async (look: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await look();
    return performance.now() - startedAt;
  };
  expect(await timed(listModels)).toBeLessThan(2_000);
  expect(await listModels()).toMatchObject([{ id: "ollama/llama3.2:3b" }]);
  await expect
    .poll(async () => (await upstreamStates())[0], { timeout: 10_000 })
    .toMatchObject({ state: "down", error: expect.stringContaining("did not list its models in time") });
  for (const host of gatewayState().hosts.values()) host.nextCheckAt = 0;
  expect(await timed(listModels)).toBeLessThan(2_000);
  expect(await timed(upstreamStates)).toBeLessThan(2_000);
  await upstream.close();
});

test("a host that goes down is shown with since when and why, keeps its models, and is used again when it is back, without a restart", async () => {
  const upstream = await fakeOllama({ tokens: 1 });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  await listModels();
  startHealthLoop();
  const upSince = (await upstreamStates())[0]?.since;
  expect(upSince).toBeInstanceOf(Date);

  await upstream.behave({ misbehave: "refuse" });
  expect(await ask("ollama/llama3.2:3b")).toMatchObject({ failure: { reason: "host_refused" } });
  await expect
    .poll(async () => (await upstreamStates())[0])
    .toMatchObject({ state: "down", error: expect.stringMatching(/refuses connections/), modelCount: 1 });
  expect((await upstreamStates())[0]?.since?.getTime()).toBeGreaterThan(upSince?.getTime() ?? 0);
  expect(await listModels()).toMatchObject([{ id: "ollama/llama3.2:3b", upstreams: [{ state: "down" }] }]);
  expect(await defaultModelId({ userId: null })).toBeNull();

  await upstream.behave({ misbehave: undefined });
  expect(await ask("ollama/llama3.2:3b")).toMatchObject({ failure: undefined, text: "tok0 " });
  await expect.poll(async () => (await upstreamStates())[0]?.state, { timeout: 9_000 }).toBe("up");
  stopHealthLoop();
  await upstream.close();
});

test("a call to a model that no host has says so and asks nobody", async () => {
  setHosts({ OLLAMA_BASE_URL: nowhere });
  expect(await ask("vllm/some-model")).toMatchObject({
    failure: { reason: "no_model", message: expect.stringContaining("vllm/some-model") },
  });
  expect(await ask("nonsense")).toMatchObject({ failure: { reason: "no_model" } });
});

test("the default is a usable chat model: loaded first, then one with tools, never one that embeds", async () => {
  const models = [
    { name: "embed:latest", capabilities: ["embedding"] },
    { name: "plain:1b" },
    { name: "tools:1b", capabilities: ["completion", "tools"] },
    { name: "warm:1b", loaded: true },
  ];
  const upstream = await fakeOllama({ models });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  expect(await defaultModelId({ userId: null })).toBe("ollama/warm:1b");
  await upstream.behave({ models: models.slice(0, 3) });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  expect(await defaultModelId({ userId: null })).toBe("ollama/tools:1b");
  await upstream.close();
});

test("an added host is used at once under its name, its key stored encrypted and never shown", async () => {
  const upstream = await fakeOpenai({ tokens: 2, models: [{ name: "mistral" }] });
  setHosts({ OLLAMA_BASE_URL: nowhere });
  const added = await addUpstream({ name: "vllm", kind: "openai-compatible", baseUrl: upstream.url, apiKey: "sk-very-secret" });
  const shown = (await upstreamStates()).find((state) => state.id === added.id);
  expect(shown).toMatchObject({ name: "vllm", source: "saved", hasKey: true, baseUrl: `${upstream.url}/v1` });
  await expect.poll(listModels).toMatchObject([{ id: "vllm/mistral" }]);
  expect(await ask("vllm/mistral")).toMatchObject({ failure: undefined, text: "tok0 tok1 " });
  expect(upstream.chats[0]?.headers.authorization).toBe("Bearer sk-very-secret");
  const rows = await gateway.database.db.select().from(upstreams);
  expect(JSON.stringify([rows, await upstreamStates(), added])).not.toContain("sk-very-secret");

  await expect(addUpstream({ name: "vllm", kind: "ollama", baseUrl: "http://other" })).rejects.toMatchObject({ code: "conflict" });
  const id = added.id;
  await updateUpstream({ id, enabled: false });
  expect(await listModels()).toEqual([]);
  expect(await ask("vllm/mistral")).toMatchObject({ failure: { reason: "no_model" } });
  await updateUpstream({ id, enabled: true });
  expect(await ask("vllm/mistral")).toMatchObject({ failure: undefined });
  await deleteUpstream({ id });
  expect(await ask("vllm/mistral")).toMatchObject({ failure: { reason: "no_model" } });
  await upstream.close();
});

test("a host whose address changes does not get the key that was entered for the old one", async () => {
  const [first, second] = await Promise.all([fakeOpenai(), fakeOpenai()]);
  const added = await addUpstream({ name: "moved", kind: "openai-compatible", baseUrl: first.url, apiKey: "sk-first" });
  await updateUpstream({ id: added.id, baseUrl: second.url });
  await ask("moved/gpt-5");
  expect(second.requests.length).toBeGreaterThan(0);
  expect(second.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  await deleteUpstream({ id: added.id });
  await Promise.all([first.close(), second.close()]);
});

test("hosts of the environment can be neither changed nor removed", async () => {
  const id = "01890000-0000-7000-8000-000000000000";
  await expect(updateUpstream({ id, enabled: false })).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteUpstream({ id })).rejects.toMatchObject({ code: "not_found" });
});

test("a test of a host tells what it found, or what is wrong", async () => {
  const upstream = await fakeOpenai({ models: [{ name: "a" }, { name: "b" }] });
  expect(await testUpstream({ kind: "openai-compatible", baseUrl: upstream.url })).toMatchObject({
    ok: true,
    modelCount: 2,
    models: ["a", "b"],
  });
  await upstream.behave({ misbehave: "reject-key" });
  expect(await testUpstream({ kind: "openai-compatible", baseUrl: upstream.url, apiKey: "bad" })).toMatchObject({
    ok: false,
    error: expect.stringMatching(/rejected the key/),
  });
  await expect(testUpstream({ kind: "openai-compatible", baseUrl: "ftp://x" })).rejects.toMatchObject({ code: "invalid_request" });
  await upstream.close();
});

test("saved hosts stay in use while the database does not answer", async () => {
  const upstream = await fakeOpenai({ models: [{ name: "m" }] });
  setHosts({ OLLAMA_BASE_URL: nowhere });
  const added = await addUpstream({ name: "kept", kind: "openai-compatible", baseUrl: upstream.url });
  await expect.poll(listModels).toMatchObject([{ id: "kept/m" }]);
  await gateway.database.db.execute(sql`alter table upstreams rename to upstreams_away`);
  const { reloadHosts } = await import("@/lib/gateway/load-hosts");
  await reloadHosts();
  expect(await listModels()).toMatchObject([{ id: "kept/m" }]);
  await gateway.database.db.execute(sql`alter table upstreams_away rename to upstreams`);
  await deleteUpstream({ id: added.id });
  await upstream.close();
});

test("pages of models follow each other without gaps or doubles", async () => {
  const names = Array.from({ length: 7 }, (_, index) => `m${index}:1b`);
  const upstream = await fakeOllama({ models: names.map((name) => ({ name })) });
  setHosts({ OLLAMA_BASE_URL: upstream.url });
  const seen: string[] = [];
  for (let cursor: string | undefined, page = 0; page < 5; page++) {
    const { items, nextCursor } = await pageOfModels({ limit: 3, cursor }, { userId: null });
    seen.push(...items.map(({ name }) => name));
    if (!nextCursor) break;
    cursor = nextCursor;
  }
  expect(seen).toEqual(["Auto", ...names]);
  await upstream.close();
});

test("readiness names a failure without telling addresses or a host's words", async () => {
  const upstream = await fakeOllama();
  setHosts({ OLLAMA_BASE_URL: `${nowhere},${upstream.url}` });
  const { isReady, readiness } = await checkReadiness({ jobsOk: true });
  expect(isReady).toBe(true);
  expect(readiness).toEqual({
    database: { ok: true },
    jobs: { ok: true },
    models: [
      { upstream: "ollama", ok: false, state: "down", error: "host_refused", since: expect.any(String) },
      { upstream: "ollama-2", ok: true, state: "up", error: undefined, since: expect.any(String) },
    ],
  });
  expect((await checkReadiness({ jobsOk: false })).isReady).toBe(false);
  setHosts({ OLLAMA_BASE_URL: nowhere });
  expect((await checkReadiness({ jobsOk: true })).isReady).toBe(false);
  await upstream.close();
});
