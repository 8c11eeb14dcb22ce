import { afterEach, expect, test } from "vitest";
import { defaultModelId } from "@/lib/gateway/default-model";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { checkDueHosts } from "@/lib/gateway/health-loop";
import { findModel } from "@/lib/gateway/list-models";
import { fakeAnthropic } from "../../support/fake-anthropic";
import { fakeGoogle } from "../../support/fake-google";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";
import { ask, bootGateway } from "../../support/gateway";
import { chatModelFile } from "../../support/models";

let upstream: FakeHost;
let gateway: Awaited<ReturnType<typeof bootGateway>>;
afterEach(async () => {
  await gateway.close();
  await upstream.close();
});

test("Ollama is asked by its native API with an explicit context, nothing truncated, and the settings where it reads them", async () => {
  upstream = await fakeOllama({ tokens: 3 });
  gateway = await bootGateway({ OLLAMA_BASE_URL: upstream.url });
  const answer = await ask("ollama/llama3.2:3b", {
    temperature: 0.3,
    topP: 0.9,
    topK: 20,
    maxOutputTokens: 77,
    stopSequences: ["END"],
    seed: 5,
  });
  expect(answer).toMatchObject({ text: "tok0 tok1 tok2 ", failure: undefined });
  const { body } = upstream.chats[0] ?? {};
  expect(body).toEqual({
    model: "llama3.2:3b",
    messages: [{ role: "user", content: "Count." }],
    stream: true,
    think: false,
    truncate: false,
    shift: false,
    options: { num_ctx: 8192, temperature: 0.3, top_p: 0.9, top_k: 20, num_predict: 77, stop: ["END"], seed: 5 },
  });
});

test("a host that speaks OpenAI's protocol answers under the name openai", async () => {
  upstream = await fakeOpenai({ tokens: 3, reasoning: "hm hm" });
  gateway = await bootGateway({ OPENAI_BASE_URL: `${upstream.url}/v1`, OPENAI_API_KEY: "sk-test" });
  const answer = await ask("openai/gpt-5");
  expect(answer).toMatchObject({ text: "tok0 tok1 tok2 ", reasoning: "hm hm", failure: undefined });
  expect(upstream.chats[0]).toMatchObject({
    path: "/v1/chat/completions",
    headers: { authorization: "Bearer sk-test" },
    body: { stream: true, stream_options: { include_usage: true } },
  });
});

test("Anthropic answers", async () => {
  upstream = await fakeAnthropic({ tokens: 3 });
  gateway = await bootGateway({ ANTHROPIC_BASE_URL: upstream.url, ANTHROPIC_API_KEY: "sk-ant" });
  expect(await ask("anthropic/claude-sonnet-4-5")).toMatchObject({
    text: "tok0 tok1 tok2 ",
    failure: undefined,
    record: { inputTokens: 11, outputTokens: 3 },
  });
  expect(upstream.chats[0]).toMatchObject({ path: "/v1/messages", headers: { "x-api-key": "sk-ant" } });
});

test("Google answers", async () => {
  upstream = await fakeGoogle({ tokens: 3 });
  gateway = await bootGateway({ GOOGLE_GENERATIVE_AI_BASE_URL: upstream.url, GOOGLE_GENERATIVE_AI_API_KEY: "g-key" });
  expect(await ask("google/gemini-2.5-flash")).toMatchObject({
    text: "tok0 tok1 tok2 ",
    failure: undefined,
    record: { inputTokens: 11, outputTokens: 3 },
  });
  expect(upstream.chats[0]).toMatchObject({ headers: { "x-goog-api-key": "g-key" } });
});

test.skipIf(!chatModelFile)(
  "the embedded model is listed, is the default without another, and answers through the same pipeline",
  async () => {
    upstream = await fakeOllama();
    await upstream.behave({ misbehave: "refuse" });
    gateway = await bootGateway({ OLLAMA_BASE_URL: upstream.url, HEARTH_LOCAL_MODEL: chatModelFile ?? "" });
    const id = (await defaultModelId({ userId: null })) ?? "";
    expect(id).toMatch(/^local\//);
    expect(await findModel(id)).toMatchObject({ upstreams: [{ name: "embedded", state: "up" }], capabilities: { tools: false } });
    const { failure, text, record } = await ask(id, { maxOutputTokens: 8, temperature: 0 });
    expect(failure).toBeUndefined();
    expect(text).not.toBe("");
    expect(record).toMatchObject({ upstream: "embedded", outcome: "complete", tokensEstimated: false, costUsd: 0 });
    expect(record?.outputTokens).toBeGreaterThan(0);

    await upstream.behave({ misbehave: undefined });
    for (const host of gatewayState().hosts.values()) host.nextCheckAt = 0;
    await checkDueHosts();
    expect(await defaultModelId({ userId: null })).toBe("ollama/llama3.2:3b");
  },
);
