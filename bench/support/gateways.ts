import { fork } from "node:child_process";
import path from "node:path";
import { signUp } from "../../tests/support/api-client.ts";
import { type Hearth, startHearth } from "../../tests/support/hearth.ts";
import type { Calls, CallsResult } from "./calls-client.ts";
import { peers } from "./peers.ts";
import { message } from "./processes.ts";

/** A server that takes OpenAI's calls: the host itself, or a gateway in front of it. `pid` is that of a gateway. */
export type Way = { name: string; url: string; headers: Record<string, string>; model: (name: string) => string; pid?: number };

/** `floor` is a proxy that only copies: what a gateway in Node takes before it does anything. */
export type Gateways = { direct: Way; floor: Way; hearth: Way; others: (Way & { streams: boolean })[] };

/** Starts a model host and, in front of it, Hearth and the other gateways that are installed; runs `measure`, and ends them all. */
export async function withGateways<T>(measure: (gateways: Gateways) => Promise<T>): Promise<T> {
  const host = fork(path.join(import.meta.dirname, "openai-host.ts"));
  const { url } = await message<{ url: string }>(host);
  const proxy = fork(path.join(import.meta.dirname, "bare-proxy.ts"), [url]);
  const floor = await message<{ url: string }>(proxy);
  const hearth = await startHearth({ env: { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: "bench" } });
  const started = await peers(`${url}/v1`);
  const json = { "content-type": "application/json" };
  try {
    return await measure({
      direct: { name: "the host directly", url: `${url}/v1/chat/completions`, headers: json, model: (name) => name },
      floor: {
        name: "a proxy that only copies",
        url: `${floor.url}/v1/chat/completions`,
        headers: json,
        model: (name) => name,
        pid: proxy.pid,
      },
      hearth: await hearthWay(hearth),
      others: started.map(({ way }) => ({ ...way, headers: { ...json, ...way.headers } })),
    });
  } finally {
    for (const { stop } of started) stop();
    await hearth.close();
    proxy.kill();
    host.kill();
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

/** Makes calls by one way. @throws Error when one of them fails */
export async function callsBy(way: Way, load: Pick<Calls, "count" | "clients"> & { model: string; stream: boolean }): Promise<CallsResult> {
  const { count, clients, model, stream } = load;
  const messages = [{ role: "user", content: "hello" }];
  const child = fork(path.join(import.meta.dirname, "calls-client.ts"));
  const calls: Calls = {
    url: way.url,
    headers: way.headers,
    body: JSON.stringify({ model: way.model(model), stream, messages }),
    count,
    clients,
  };
  child.send(calls);
  const result = await message<CallsResult>(child);
  if (result.failures.length > 0) throw new Error(`${way.name}: ${result.failures.length} of ${count} calls failed: ${result.failures[0]}`);
  return result;
}
