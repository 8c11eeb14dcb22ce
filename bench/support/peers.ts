import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../tests/support/hearth.ts";
import type { Way } from "./gateways.ts";

/** Where `bench/install-peers.ts` puts other gateways. They are no dependencies of Hearth's. */
export const peersFolder = path.resolve(import.meta.dirname, "../../.bench-peers");
export const portkey = path.join(peersFolder, "node_modules/@portkey-ai/gateway/build/start-server.js");
export const litellm = path.join(peersFolder, "venv/bin/litellm");

/** Another gateway. One that `streams` passes streams on; of one that is slow only a `share` of the calls is asked, or it would take the benchmark's whole time. */
export type Peer = Way & { streams: boolean; share: number };
type Stops = (() => unknown)[];

/** Starts the other gateways that are installed, in front of the model host at `baseUrl`; what ends them is added to `stops`. */
export async function startPeers(baseUrl: string, stops: Stops): Promise<Peer[]> {
  const started: Peer[] = [];
  if (existsSync(portkey)) started.push(await startPortkey(baseUrl, stops));
  if (existsSync(litellm)) started.push(await startLitellm(baseUrl, stops));
  return started;
}

async function startPortkey(baseUrl: string, stops: Stops): Promise<Peer> {
  const port = await freePort();
  const child = spawn(process.execPath, [portkey, `--port=${port}`, "--headless"], {
    stdio: "ignore",
    env: { ...process.env, PORT: String(port) },
  });
  stops.push(() => child.kill());
  await untilUp(`http://127.0.0.1:${port}/`, child);
  const headers = { "x-portkey-provider": "openai", "x-portkey-custom-host": baseUrl, authorization: "Bearer bench" };
  // Its streams end in an error on the Node that Hearth runs on.
  return { ...wayTo(port, child), name: "Portkey", headers, streams: false, share: 1 };
}

async function startLitellm(baseUrl: string, stops: Stops): Promise<Peer> {
  const port = await freePort();
  const config = path.join(peersFolder, "litellm.json");
  const model = { model_name: "*", litellm_params: { model: "openai/*", api_base: baseUrl, api_key: "bench" } };
  writeFileSync(config, JSON.stringify({ model_list: [model] }));
  // It does not start without a key of its own, which its callers then have to show.
  const key = `sk-${randomUUID()}`;
  const child = spawn(litellm, ["--config", config, "--host", "127.0.0.1", "--port", String(port)], {
    stdio: "ignore",
    env: { ...process.env, LITELLM_MASTER_KEY: key },
  });
  stops.push(() => child.kill());
  await untilUp(`http://127.0.0.1:${port}/health/liveliness`, child);
  return { ...wayTo(port, child), name: "LiteLLM", headers: { authorization: `Bearer ${key}` }, streams: true, share: 0.1 };
}

function wayTo(port: number, child: ChildProcess): Pick<Way, "url" | "model" | "pid"> {
  return { url: `http://127.0.0.1:${port}/v1/chat/completions`, model: (model) => model, pid: child.pid };
}

async function untilUp(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 90_000; Date.now() < deadline && child.exitCode === null; ) {
    const isUp = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await sleep(200);
  }
  throw new Error(`${child.spawnfile} does not answer at ${url}.`);
}
