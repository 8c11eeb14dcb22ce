import { fork } from "node:child_process";
import path from "node:path";
import { signUp } from "../../tests/support/api-client.ts";
import { type Hearth, startHearth } from "../../tests/support/hearth.ts";
import type { Calls, CallsResult } from "./calls-client.ts";
import { type Peer, startPeers } from "./peers.ts";
import { message } from "./processes.ts";

/** A server that takes OpenAI's calls: the host itself, or a gateway in front of it. `pid` is that of a gateway; a `share` of the calls, all unless told, are made by it. */
export type Way = {
  name: string;
  url: string;
  headers: Record<string, string>;
  model: (name: string) => string;
  pid?: number;
  share?: number;
};

/** `floor` is a proxy that only copies: what a gateway in Node takes before it does anything. */
export type Gateways = { direct: Way; floor: Way; hearth: Way; others: Peer[] };

/** Starts a model host and, in front of it, Hearth and the other gateways that are installed; runs `measure`, and ends them all. */
export async function withGateways<T>(measure: (gateways: Gateways) => Promise<T>): Promise<T> {
  const host = fork(path.join(import.meta.dirname, "openai-host.ts"));
  const stops: (() => unknown)[] = [() => host.kill()];
  try {
    const { url } = await message<{ url: string }>(host);
    const proxy = fork(path.join(import.meta.dirname, "bare-proxy.ts"), [url]);
    stops.push(() => proxy.kill());
    const floor = await message<{ url: string }>(proxy);
    const hearth = await startHearth({ env: { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: "bench" } });
    stops.push(() => hearth.close());
    const others = await startPeers(`${url}/v1`, stops);
    const json = { "content-type": "application/json" };
    const asItIs = (name: string) => name;
    return await measure({
      direct: { name: "the host directly", url: `${url}/v1/chat/completions`, headers: json, model: asItIs },
      floor: { name: "a proxy that only copies", url: `${floor.url}/v1/chat/completions`, headers: json, model: asItIs, pid: proxy.pid },
      hearth: await hearthWay(hearth),
      others: others.map((way) => ({ ...way, headers: { ...json, ...way.headers } })),
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** Hearth with an API key, as a program calls it. */
async function hearthWay({ url, pid }: Hearth): Promise<Way> {
  const { accessToken } = await signUp(url);
  const headers = { "content-type": "application/json", authorization: `Bearer ${accessToken}` };
  const made = await fetch(`${url}/api/v1/keys`, { method: "POST", headers, body: JSON.stringify({ name: "bench", scopes: ["chat"] }) });
  const { key } = (await made.json()) as { key: string };
  return {
    name: "Hearth",
    url: `${url}/v1/chat/completions`,
    headers: { ...headers, authorization: `Bearer ${key}` },
    model: (name) => `openai/${name}`,
    pid,
  };
}

/** Calls of one shape. They are made by OpenAI's client, as programs make them, or by the least that speaks the protocol. */
export type Load = Pick<Calls, "count" | "clients"> & { model: string; stream: boolean; library?: boolean };

/** Makes calls by one way, or its share of them. @throws Error when one of them fails */
export async function callsBy(way: Way, { count, clients, model, stream, library }: Load): Promise<CallsResult & { count: number }> {
  const messages = [{ role: "user", content: "hello" }];
  const child = fork(path.join(import.meta.dirname, library ? "openai-calls.ts" : "calls-client.ts"));
  const calls: Calls = {
    url: way.url,
    headers: way.headers,
    body: JSON.stringify({ model: way.model(model), stream, messages }),
    count: Math.ceil(count * (way.share ?? 1)),
    clients,
  };
  child.send(calls);
  const result = await message<CallsResult>(child);
  if (result.failures.length > 0) {
    throw new Error(`${way.name}: ${result.failures.length} of ${calls.count} calls failed: ${result.failures[0]}`);
  }
  return { ...result, count: calls.count };
}
