import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ApiClient, events, signUp, textOf } from "../support/api-client";
import type { FakeHost } from "../support/fake-host";
import { fakeOllama } from "../support/fake-ollama";
import { type Hearth, startHearth } from "../support/hearth";
import { chatModelFile } from "../support/models";

// A processor that others use too can be many times slower at this.
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(!chatModelFile)("a Hearth that uses another as its host, whose embedded model then serves both", () => {
  let ollama: FakeHost;
  let inner: Hearth;
  let outer: Hearth;
  let user: ApiClient;
  let client: OpenAI;
  let model: string;

  beforeAll(async () => {
    ollama = await fakeOllama({ tokens: 5_000, intervalMs: 10 });
    inner = await startHearth({ env: { HEARTH_LOCAL_MODEL: chatModelFile ?? "", OLLAMA_BASE_URL: ollama.url } });
    const { accessToken } = await signUp(inner.url);
    const env = { OPENAI_BASE_URL: `${inner.url}/v1`, OPENAI_API_KEY: accessToken, OLLAMA_BASE_URL: "http://127.0.0.1:9" };
    outer = await startHearth({ env });
    user = await signUp(outer.url);
    client = new OpenAI({ baseURL: `${outer.url}/v1`, apiKey: user.accessToken, maxRetries: 0 });
    const { data } = await client.models.list();
    model = data.find(({ id }) => id.startsWith("openai/local/"))?.id ?? "";
  });
  afterAll(async () => {
    await outer?.close();
    await inner?.close();
    await ollama?.close();
  });

  const messages = [{ role: "user" as const, content: "Say hello." }];

  test("lists the other's model as its own, and shows it by an id with slashes in it", async () => {
    expect(model).toMatch(/^openai\/local\/./);
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, object: "model", context_length: expect.any(Number) });
  });

  test("streams word by word through both", async () => {
    const { data: stream, response } = await client.chat.completions
      .create({ model, messages, max_tokens: 24, temperature: 0, stream: true, stream_options: { include_usage: true } })
      .withResponse();
    expect(response.headers.get("x-hearth-upstream")).toBe("openai");
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.filter(({ choices }) => choices[0]?.delta.content).length).toBeGreaterThan(1);
    expect(chunks.at(-1)?.usage).toMatchObject({ completion_tokens: expect.any(Number) });
    expect(chunks.at(-1)?.usage?.completion_tokens).toBeGreaterThan(1);
  });

  test("holds the model to a schema by the other's grammar", async () => {
    // Nothing in it can go on without end.
    const properties = { mood: { enum: ["good", "bad"] }, sunny: { type: "boolean" } };
    const schema = { type: "object", properties, required: ["mood", "sunny"], additionalProperties: false };
    const answer = await client.chat.completions.create({
      model,
      messages,
      max_tokens: 60,
      temperature: 0,
      response_format: { type: "json_schema", json_schema: { name: "mood", schema, strict: true } },
    });
    expect(JSON.parse(answer.choices[0]?.message.content ?? "")).toEqual({
      mood: expect.stringMatching(/^(good|bad)$/),
      sunny: expect.any(Boolean),
    });
  });

  test("tells the other's refusals on, and its own in OpenAI's shape also where there is no route", async () => {
    await expect(client.chat.completions.create({ model: "openai/local/nothing", messages })).rejects.toMatchObject({
      status: 404,
      code: "model_not_found",
    });
    await expect(client.get("/files")).rejects.toMatchObject({ status: 404, code: "unknown_url" });
    const stranger = await fetch(`${outer.url}/v1/models`);
    expect([stranger.status, (await stranger.json()).error.code]).toEqual([401, "invalid_api_key"]);
  });

  test("gets vectors from it", async () => {
    const { data } = await client.embeddings.create({ model, input: ["Hello", "world"] });
    expect(data).toHaveLength(2);
    expect(Math.hypot(...(data[0]?.embedding ?? []))).toBeCloseTo(1, 3);
  });

  test("chats with it as with any model", async () => {
    const response = await user.request("/api/v1/chat", {
      method: "POST",
      body: JSON.stringify({ message: "Hi", model, maxTokens: 16, stream: true }),
    });
    const all = [];
    for await (const event of events(response)) all.push(event);
    expect(textOf(all)).not.toBe("");
    expect(all.map(({ chunk }) => chunk.type)).toContain("finish");
  });

  test("closes every connection down to the last host when its client goes away", async () => {
    const far = { model: "openai/ollama/llama3.2:3b", messages };
    for await (const _ of await client.chat.completions.create({ ...far, stream: true })) break;
    expect(await ollama.closedByClient(5_000)).toBe(true);
    const gone = new AbortController();
    const whole = client.chat.completions.create(far, { signal: gone.signal });
    whole.catch(() => {});
    await ollama.afterTokens(3);
    gone.abort();
    expect(await ollama.closedByClient(5_000)).toBe(true);
  });
});
