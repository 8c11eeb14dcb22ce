import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultModelId } from "@/lib/gateway/default-model";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { checkDueHosts } from "@/lib/gateway/health-loop";
import { findModel, listModels } from "@/lib/gateway/list-models";
import { pageOfModels } from "@/lib/gateway/page-of-models";
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
