import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultModelId } from "@/lib/gateway/default-model";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { startHealthLoop, stopHealthLoop } from "@/lib/gateway/health-loop";
import { listModels } from "@/lib/gateway/list-models";
import { checkReadiness } from "@/lib/gateway/readiness";
import { upstreamStates } from "@/lib/gateway/upstream-states";
import { fakeOllama } from "../../support/fake-ollama";
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
