import { connect } from "node:net";
import { Worker } from "node:worker_threads";
import { fetch } from "undici";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { deleteUpstream } from "@/lib/gateway/delete-upstream";
import { gatewaySettings } from "@/lib/gateway/gateway-settings";
import { agentOf, closeAgents } from "@/lib/gateway/host-agents";
import { findModel, listModels } from "@/lib/gateway/list-models";
import { upstreamStates } from "@/lib/gateway/upstream-states";
import { fakeOllama } from "../../support/fake-ollama";
import { ask, bootGateway, setHosts } from "../../support/gateway";

let gateway: Awaited<ReturnType<typeof bootGateway>>;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  gateway = await bootGateway({ OLLAMA_BASE_URL: "http://127.0.0.1:47999" });
});
afterEach(async () => {
  await closeAgents();
  for (const close of closing.splice(0)) await close();
});
afterAll(() => gateway.close());

async function timed<T>(look: () => Promise<T>) {
  const startedAt = performance.now();
  return { found: await look(), ms: performance.now() - startedAt };
}

async function startedOllama(options: Parameters<typeof fakeOllama>[0]) {
  const host = await fakeOllama(options);
  closing.push(host.close);
  return host;
}

test("all who look at the hosts at first share one look, which a silent host holds up by half a second and no more", async () => {
  const [silent, upstream] = [await startedOllama({ misbehave: "hang-always" }), await startedOllama({})];
  setHosts({ OLLAMA_BASE_URL: `${silent.url},${upstream.url}`, HEARTH_CONNECT_TIMEOUT_MS: "4000" });
  const looks = await Promise.all(Array.from({ length: 30 }, (_, index) => timed<unknown[]>(index % 2 ? listModels : upstreamStates)));
  for (const { ms, found } of looks) {
    expect(ms).toBeLessThan(2_000);
    expect(found.length).toBeGreaterThan(0);
  }
  for (const { requests } of [silent, upstream]) expect(requests.filter(({ path }) => path === "/api/tags")).toHaveLength(1);
  expect((await timed(listModels)).ms).toBeLessThan(2_000);
});

test("a host that is added later holds up nobody", async () => {
  const [silent, upstream] = [await startedOllama({ misbehave: "hang-always" }), await startedOllama({})];
  setHosts({ OLLAMA_BASE_URL: upstream.url, HEARTH_CONNECT_TIMEOUT_MS: "4000" });
  await listModels();
  const added = await addUpstream({ name: "silent", kind: "ollama", baseUrl: silent.url });
  const looks = await Promise.all(Array.from({ length: 10 }, () => timed(listModels)));
  expect(Math.max(...looks.map(({ ms }) => ms))).toBeLessThan(2_000);
  await deleteUpstream({ id: added?.id ?? "" });
});

test("of a model that several hosts have, only what all of them can do is promised", async () => {
  const having = (capabilities: string[], contextLength?: number) =>
    startedOllama({ models: [{ name: "same:1b", capabilities, contextLength }] });
  const hosts = await Promise.all([
    having(["completion", "tools", "vision"], 8_192),
    having(["completion", "tools", "thinking"], 4_096),
    having(["completion", "tools"]),
  ]);
  setHosts({ OLLAMA_BASE_URL: hosts.map(({ url }) => url).join() });
  expect(await findModel("ollama/same:1b")).toMatchObject({
    capabilities: { tools: true, vision: false, thinking: false, json: true, embedding: false },
    contextLength: 4_096,
    upstreams: [{ name: "ollama" }, { name: "ollama-2" }, { name: "ollama-3" }],
  });
});

/** A socket that listens and takes nobody in: its thread is blocked and the kernel's line for it is full. */
async function fullSocket(): Promise<string> {
  const listen = `
    const { parentPort } = require("node:worker_threads");
    const server = require("node:net").createServer();
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const worker = new Worker(listen, { eval: true });
  closing.push(() => worker.terminate());
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  for (let place = 0; place < 2; place++) {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    closing.push(() => socket.destroy());
    await new Promise((resolve) => socket.once("connect", resolve));
  }
  return `http://127.0.0.1:${port}`;
}

test("a host that does not take the connection is given up after the limit, which is five seconds unless set", async () => {
  expect(gatewaySettings().connectTimeoutMs).toBe(5_000);
  const url = await fullSocket();
  setHosts({ OLLAMA_BASE_URL: url, HEARTH_CONNECT_TIMEOUT_MS: "250" });
  const { ms, found } = await timed(() => fetch(url, { dispatcher: agentOf(url) }).catch((error) => error.cause));
  expect(found).toMatchObject({ code: "UND_ERR_CONNECT_TIMEOUT" });
  expect(ms).toBeGreaterThan(240);
  expect(ms).toBeLessThan(2_000);
  const { failure, record } = await ask("ollama/some:1b");
  expect(failure).toMatchObject({
    reason: "timed_out",
    code: "model_timeout",
    message: expect.stringContaining("did not accept a connection in time"),
  });
  // Nothing was begun there, so that it is tried again, at most twice.
  expect(record?.attempts).toBe(3);
});
