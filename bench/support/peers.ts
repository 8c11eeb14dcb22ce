import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../tests/support/hearth.ts";
import type { Way } from "./gateways.ts";

/** Where `bench/install-peers.ts` puts other gateways. They are no dependencies of Hearth's. */
export const peersFolder = path.resolve(import.meta.dirname, "../../.bench-peers");
export const portkey = path.join(peersFolder, "node_modules/@portkey-ai/gateway/build/start-server.js");
export const litellm = path.join(peersFolder, "venv/bin/litellm");

type Peer = { way: Way & { streams: boolean }; stop: () => void };

/** Starts the other gateways that are installed, in front of the model host at `baseUrl`. */
export async function peers(baseUrl: string): Promise<Peer[]> {
  const started: Peer[] = [];
  if (existsSync(portkey)) started.push(await startPortkey(baseUrl));
  if (existsSync(litellm)) started.push(await startLitellm(baseUrl));
  return started;
}

async function startPortkey(baseUrl: string): Promise<Peer> {
  const port = await freePort();
  const child = spawn(process.execPath, [portkey, `--port=${port}`, "--headless"], {
    stdio: "ignore",
    env: { ...process.env, PORT: String(port) },
  });
  await untilUp(`http://127.0.0.1:${port}/`, child);
  const headers = { "x-portkey-provider": "openai", "x-portkey-custom-host": baseUrl, authorization: "Bearer bench" };
  // Its streams end in an error on the Node that Hearth runs on.
  return peer("Portkey", { port, headers, child, streams: false });
}

async function startLitellm(baseUrl: string): Promise<Peer> {
  const port = await freePort();
  const config = path.join(peersFolder, "litellm.json");
  const model = { model_name: "*", litellm_params: { model: "openai/*", api_base: baseUrl, api_key: "bench" } };
  writeFileSync(config, JSON.stringify({ model_list: [model] }));
  const child = spawn(litellm, ["--config", config, "--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
  await untilUp(`http://127.0.0.1:${port}/health/liveliness`, child);
  return peer("LiteLLM", { port, headers: {}, child, streams: true });
}

type Started = { port: number; headers: Record<string, string>; child: ChildProcess; streams: boolean };

function peer(name: string, { port, headers, child, streams }: Started): Peer {
  const url = `http://127.0.0.1:${port}/v1/chat/completions`;
  return { way: { name, url, headers, model: (model) => model, pid: child.pid, streams }, stop: () => child.kill() };
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
  child.kill();
  throw new Error(`${child.spawnfile} does not answer at ${url}.`);
}
