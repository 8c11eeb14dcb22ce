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

/**
 * `floor` is a proxy that only copies: what a gateway in Node takes before it does anything. `asAsked` is Hearth with models
 * whose hosts are asked for a whole reply where the caller wants one; by default they are always asked for a stream.
 */
export type Gateways = { direct: Way; floor: Way; hearth: Way; asAsked: Way; others: Peer[] };

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
      ...(await hearthWays(hearth)),
      others: others.map((way) => ({ ...way, headers: { ...json, ...way.headers } })),
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

const streamings = ["words-1-every-0-as-asked", "words-100-every-0-as-asked"];

/** Hearth with an API key, as a program calls it. */
async function hearthWays({ url, pid }: Hearth): Promise<Pick<Gateways, "hearth" | "asAsked">> {
  const { accessToken } = await signUp(url);
  const headers = { "content-type": "application/json", authorization: `Bearer ${accessToken}` };
  for (const name of streamings) {
    const set = await fetch(`${url}/api/v1/models/openai/${name}`, {
      method: "PATCH",
      headers,
      body: JSON.stringify({ streaming: "as-asked" }),
    });
    if (!set.ok) throw new Error(`${name} could not be set: ${set.status} ${await set.text()}`);
  }
  const made = await fetch(`${url}/api/v1/keys`, { method: "POST", headers, body: JSON.stringify({ name: "bench", scopes: ["chat"] }) });
  const { key } = (await made.json()) as { key: string };
  const shared = { url: `${url}/v1/chat/completions`, headers: { ...headers, authorization: `Bearer ${key}` }, pid };
  return {
    hearth: { ...shared, name: "Hearth", model: (name) => `openai/${name}` },
    asAsked: { ...shared, name: "Hearth, streaming as asked", model: (name) => `openai/${name}-as-asked` },
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
