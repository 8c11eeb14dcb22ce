import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { model as modelShape } from "@/lib/gateway/contract";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { closeAgents } from "@/lib/gateway/host-agents";
import { listModels } from "@/lib/gateway/list-models";
import { testUpstream } from "@/lib/gateway/test-upstream";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";
import type { BadListing } from "../../support/fake-protocol";
import { bootGateway, setHosts } from "../../support/gateway";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
let upstream: FakeHost;
beforeAll(async () => {
  gateway = await bootGateway({});
});
afterAll(() => gateway.close());
afterEach(async () => {
  await upstream.close();
  await closeAgents();
});

const kinds = [
  { kind: "ollama" as const, fake: fakeOllama, models: [{ name: "good:1b" }] },
  { kind: "openai-compatible" as const, fake: fakeOpenai, models: [{ name: "good" }] },
];

describe.each(kinds)("the list of a host of kind $kind", ({ kind, fake, models }) => {
  const list = async (listing: BadListing) => {
    upstream = await fake({ models, listing });
    setHosts({ OLLAMA_BASE_URL: "http://127.0.0.1:47999", HEARTH_CONNECT_TIMEOUT_MS: "300" });
    return testUpstream({ kind, baseUrl: upstream.url });
  };

  test("that never comes is given up in time", async () => {
    const { ok, error, durationMs } = await list("hang");
    expect({ ok, error }).toEqual({ ok: false, error: expect.stringContaining("did not list its models in time") });
    expect(durationMs).toBeLessThan(3_000);
  });

  test("that is garbage is told in a sentence", async () => {
    expect(await list("garbage")).toMatchObject({
      ok: false,
      error: expect.stringMatching(/answered with something that is not JSON\. Try/),
    });
  });

  test("that has another shape is told in a sentence", async () => {
    const { ok, error } = await list("wrong-shape");
    expect({ ok, error }).toEqual({ ok: false, error: expect.stringMatching(/answered with something that is no list of models\. Try/) });
    expect(error).not.toMatch(/[{}[\]]|zod|expected/i);
  });

  test("that never ends is cut off, with the connection closed", async () => {
    upstream = await fake({ models, listing: "endless" });
    setHosts({ OLLAMA_BASE_URL: "http://127.0.0.1:47999", HEARTH_CONNECT_TIMEOUT_MS: "5000" });
    expect(await testUpstream({ kind, baseUrl: upstream.url })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/longer than 8 MiB/),
    });
  });

  test("that is huge is read up to 2,000 models with names that can be", async () => {
    const { ok, modelCount, models: names } = await list("huge");
    expect({ ok, modelCount }).toEqual({ ok: true, modelCount: 2_000 });
    expect(names.filter((name) => !/^[!-~]{1,200}$/.test(name))).toEqual([]);
  });
});

const lengths = ["raw:1.5", "raw:1e999", "raw:-1", "raw:0", "raw:true", 4_096] as const;

test.each([
  ["Ollama", fakeOllama, (url: string) => ({ OLLAMA_BASE_URL: url })],
  ["OpenAI", fakeOpenai, (url: string) => ({ OPENAI_BASE_URL: url, OLLAMA_BASE_URL: "http://127.0.0.1:47999" })],
] as const)(
  "context lengths of %s that are no count are unknown, and the list stays one that can be given",
  async (_kind, fake, environment) => {
    upstream = await fake({ models: lengths.map((contextLength, index) => ({ name: `odd-${index}`, contextLength })) });
    setHosts(environment(upstream.url));
    const listed = await listModels();
    expect(listed.map(({ contextLength }) => contextLength)).toEqual([null, null, null, null, null, 4_096]);
    for (const one of listed) expect(modelShape.safeParse(one).success).toBe(true);
  },
);

test("an Ollama whose models' details take too long is up, with what could be read", async () => {
  upstream = await fakeOllama({ models: Array.from({ length: 400 }, (_, index) => ({ name: `m${index}:1b`, contextLength: 4_096 })) });
  setHosts({ OLLAMA_BASE_URL: upstream.url, HEARTH_CONNECT_TIMEOUT_MS: "100" });
  await listModels();
  await expect.poll(() => [...gatewayState().hosts.values()][0]?.state, { timeout: 5_000 }).toBe("up");
  expect(await listModels()).toHaveLength(400);
});
