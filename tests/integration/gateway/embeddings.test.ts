import { afterEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { calls } from "@/db/schema/gateway";
import type { AnswerFacts } from "@/lib/gateway/call-record";
import { checkHost } from "@/lib/gateway/check-host";
import { embed } from "@/lib/gateway/embeddings/embed";
import { gatewayState } from "@/lib/gateway/gateway-state";
import type { KeyGrant } from "@/lib/http/caller";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { fakeGoogle } from "@/tests/support/fake-google";
import type { FakeHost } from "@/tests/support/fake-host";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { bootGateway } from "@/tests/support/gateway";
import { chatModelFile } from "@/tests/support/models";
import { openaiHearth } from "@/tests/support/openai-hearth";

const models = [{ name: "embedder:latest", capabilities: ["embedding"], contextLength: 512, loaded: true }];
const context = { userId: null, purpose: "embedding" as const };

const hosts: FakeHost[] = [];
let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  for (const host of hosts.splice(0)) await host.close();
  close = undefined;
});

function started<T extends FakeHost>(host: T): T {
  hosts.push(host);
  return host;
}

async function boot(environment: Record<string, string>) {
  close = (await bootGateway(environment)).close;
}

const askedFor = (host: FakeHost, path: string) => host.requests.filter((request) => request.path.includes(path));

describe("embeddings", () => {
  test("of Ollama never lose the end of a text, and are one row that costs no words", async () => {
    const ollama = started(await fakeOllama({ models }));
    await boot({ OLLAMA_BASE_URL: ollama.url });
    let facts: AnswerFacts | undefined;
    const found = await embed("ollama/embedder", ["one", "three"], { ...context, onAnswer: (told) => (facts = told) }, { dimensions: 4 });
    expect(found).toEqual({
      vectors: [
        [3, 0, 0.5, 0.5],
        [5, 1, 0.5, 0.5],
      ],
      inputTokens: 7,
    });
    expect(askedFor(ollama, "/api/embed")[0]?.body).toEqual({ model: "embedder", input: ["one", "three"], dimensions: 4, truncate: false });
    expect(facts).toMatchObject({ upstream: "ollama", attempts: 1, cache: "off" });
    expect(facts?.overheadMs).toBeLessThan(1_000);
    await flushCalls();
    expect(await db().select().from(calls)).toMatchObject([
      { model: "ollama/embedder", purpose: "embedding", outcome: "complete", inputTokens: 7, outputTokens: 0, tokensEstimated: false },
    ]);
  });

  test("of a hundred texts and more go to Google in as many requests as it takes, in their order", async () => {
    const google = started(await fakeGoogle());
    await boot({ GOOGLE_GENERATIVE_AI_BASE_URL: `${google.url}/v1beta`, GOOGLE_GENERATIVE_AI_API_KEY: "g-key" });
    const { vectors, inputTokens } = await embed(
      "google/gemini-embedding-001",
      Array.from({ length: 2_100 }, () => "text"),
      context,
    );
    expect(vectors).toHaveLength(2_100);
    const requests = askedFor(google, ":batchEmbedContents").map(({ body }) => (body.requests as unknown[]).length);
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.reduce((sum, size) => sum + size, 0)).toBe(2_100);
    // Google does not count, so that an estimate stands in.
    expect(inputTokens).toBe(2_100);
  });

  test("come from another host when the first cannot answer, but from none that the key may not use", async () => {
    const [first, second] = [started(await fakeOllama({ models })), started(await fakeOllama({ models }))];
    await boot({ OLLAMA_BASE_URL: `${first.url},${second.url}` });
    await embed("ollama/embedder", ["x"], context);
    // The one that was not asked yet comes first now.
    await second.behave({ misbehave: "refuse" });
    let attempts = 0;
    expect((await embed("ollama/embedder", ["x"], { ...context, onAnswer: (facts) => (attempts = facts.attempts) })).vectors).toHaveLength(
      1,
    );
    expect(attempts).toBe(2);
    await expect(embed("ollama/nothing", ["x"], { ...context, key: { ...grant, upstreams: ["elsewhere"] } })).rejects.toMatchObject({
      reason: "no_model",
    });
  });

  const answered = async () => {
    const { promise, resolve } = Promise.withResolvers<AnswerFacts>();
    await embed("ollama/embedder", ["x"], { ...context, onAnswer: resolve });
    const { upstream, attempts, choice } = await promise;
    return { upstream, attempts, choice };
  };

  test("come from the host that has the model loaded, then from the less busy one, and the call says why", async () => {
    const cold = models.map((model) => ({ ...model, loaded: false }));
    const [first, second] = [started(await fakeOllama({ models: cold })), started(await fakeOllama({ models }))];
    await boot({ OLLAMA_BASE_URL: `${first.url},${second.url}` });
    expect(await answered()).toEqual({ upstream: "ollama-2", attempts: 1, choice: expect.stringMatching(/^loaded, 0 of 4 busy/) });
    await first.behave({ models });
    for (const host of gatewayState().hosts.values()) await checkHost(host);
    await first.behave({ misbehave: "hang-always" });
    const leave = new AbortController();
    // Both have it now, and the one that was not asked yet is tried.
    const hanging = embed("ollama/embedder", ["x"], context, { signal: leave.signal });
    hanging.catch(() => {});
    await expect.poll(() => askedFor(first, "/api/embed").length).toBe(1);
    expect(await answered()).toMatchObject({ upstream: "ollama-2", attempts: 1 });
    leave.abort(new Error("gone"));
    await expect(hanging).rejects.toThrow("gone");
  });

  test("are not asked of a host for as long as it wants to be left alone", async () => {
    const [first, second] = [started(await fakeOllama({ models })), started(await fakeOllama({ models }))];
    await boot({ OLLAMA_BASE_URL: `${first.url},${second.url}` });
    await first.behave({ misbehave: "rate-limit", retryAfter: "60" });
    expect(await answered()).toMatchObject({ upstream: "ollama-2", attempts: 2 });
    await first.behave({ misbehave: undefined });
    expect(await answered()).toMatchObject({ upstream: "ollama-2", attempts: 1 });
  });

  test("end within the time limit when the host hangs, and at once when the caller goes away", async () => {
    const ollama = started(await fakeOllama({ models }));
    await boot({ OLLAMA_BASE_URL: ollama.url, HEARTH_COLD_LOAD_TIMEOUT_MS: "300", HEARTH_FIRST_TOKEN_TIMEOUT_MS: "300" });
    await embed("ollama/embedder", ["x"], context);
    await ollama.behave({ misbehave: "hang-always" });
    await expect(embed("ollama/embedder", ["x"], context)).rejects.toMatchObject({ reason: "timed_out" });
    const gone = new AbortController();
    const asked = embed("ollama/embedder", ["x"], context, { signal: gone.signal });
    gone.abort(new Error("gone"));
    await expect(asked).rejects.toThrow("gone");
    await flushCalls();
    expect((await db().select().from(calls)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["complete", null],
      ["failed", "timed_out"],
      ["stopped", null],
    ]);
  });

  test.skipIf(!chatModelFile)("of the embedded model have length 1", async () => {
    await boot({ HEARTH_LOCAL_MODEL: chatModelFile ?? "", OLLAMA_BASE_URL: "http://127.0.0.1:9" });
    const { embeddedState } = await import("@/lib/gateway/embedded/embedded-state");
    const { vectors } = await embed(`local/${embeddedState().model?.name}`, ["Hello", "world"], context);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    expect(vectors).toHaveLength(2);
  });
});

const grant: KeyGrant = {
  id: "00000000-0000-4000-8000-000000000000",
  scopes: ["embeddings"],
  models: null,
  upstreams: null,
  cache: "off",
  similarity: null,
  sharesCache: false,
};

test("POST /v1/embeddings refuses what it cannot embed, in words that say the limit", async () => {
  const openai = started(await fakeOpenai({ models: [{ name: "text-embedding-3-small" }] }));
  const hearth = await openaiHearth({ OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_API_KEY: "sk-test" });
  close = hearth.close;
  const ask = async (input: unknown) => {
    const response = await hearth.call("/embeddings", { model: "text-embedding-3-small", input });
    return { status: response.status, body: await response.json() };
  };
  const tooMany = Array.from({ length: 2_049 }, () => "x");
  const tooLong = Array.from({ length: 3 }, () => "x".repeat(700_000));
  for (const input of ["", [], [""], [[1, 2, 3]], [1, 2], tooMany, tooLong, "x".repeat(2_000_001)])
    expect(await ask(input)).toMatchObject({
      status: 400,
      body: { error: { param: expect.stringMatching(/^input/), type: "invalid_request_error" } },
    });
  expect(askedFor(openai, "/embeddings")).toHaveLength(0);
  expect((await ask(tooMany.slice(1))).body.data).toHaveLength(2_048);
});
