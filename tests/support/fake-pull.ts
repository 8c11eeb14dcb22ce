import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { FakeBehaviour, FakeModel } from "./fake-protocol";

/** How a fake Ollama downloads a model. */
export type FakePull = {
  sizeBytes: number;
  steps: number;
  intervalMs: number;
  /** Told half way, in place of the rest; under status 200, as Ollama does. */
  failsWith?: string;
  /** Closes the connection half way. */
  drops?: boolean;
  /** Says nothing more from half way on. */
  hangs?: boolean;
};

type Given = { method: string; path: string; body: Record<string, unknown>; behaviour: FakeBehaviour; response: ServerResponse };

const json = (response: ServerResponse, status: number, body?: unknown) => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? "" : JSON.stringify(body));
};

/** What an Ollama does with its models: download, delete, load and unload. @returns whether it was that */
export async function manageModels({ method, path, body, behaviour, response }: Given): Promise<boolean> {
  const name = withTag(String(body.model ?? ""));
  const change = (changed: Partial<FakeModel>) => {
    behaviour.models = behaviour.models.map((model) => (model.name === name ? { ...model, ...changed } : model));
  };
  const isThere = behaviour.models.some((model) => model.name === name);
  const missing = () => json(response, 404, { error: `model '${name}' not found` });
  if (path === "/api/delete" && method === "DELETE") {
    if (!isThere) missing();
    else json(response, 200);
    behaviour.models = behaviour.models.filter((model) => model.name !== name);
    return true;
  }
  if (path === "/api/generate" || (path === "/api/embed" && Array.isArray(body.input) && body.input.length === 0)) {
    if (isThere && behaviour.loadMs) await sleep(behaviour.loadMs);
    change({ loaded: body.keep_alive !== 0 });
    if (isThere) json(response, 200, { model: name, response: "", done: true });
    else missing();
    return true;
  }
  if (path !== "/api/pull") return false;
  await pull(response, name, behaviour);
  return true;
}

async function pull(response: ServerResponse, name: string, behaviour: FakeBehaviour): Promise<void> {
  const { sizeBytes, steps, intervalMs, failsWith, drops, hangs } = behaviour.pull ?? { sizeBytes: 1_000, steps: 4, intervalMs: 0 };
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const say = (line: unknown) => response.write(`${JSON.stringify(line)}\n`);
  if (name.startsWith("unknown")) return void response.end(`${JSON.stringify({ error: "pull model manifest: file does not exist" })}\n`);
  say({ status: "pulling manifest" });
  for (let step = 1; step <= steps && !response.destroyed; step++) {
    await sleep(intervalMs);
    say({ status: "pulling bb", digest: "sha256:bb", total: sizeBytes, completed: Math.round((sizeBytes * step) / steps) });
    if (step < steps / 2) continue;
    if (hangs) return;
    if (drops) return void response.destroy();
    if (failsWith) return void response.end(`${JSON.stringify({ error: failsWith })}\n`);
  }
  if (response.destroyed) return;
  // After the weights comes the template, with a count of its own.
  say({ status: "pulling aa", digest: "sha256:aa", total: 100, completed: 100 });
  say({ status: "verifying sha256 digest" });
  behaviour.models = [...behaviour.models.filter((model) => model.name !== name), { name, capabilities: ["completion", "tools"] }];
  response.end(`${JSON.stringify({ status: "success" })}\n`);
}

const withTag = (name: string) => (name.includes(":") ? name : `${name}:latest`);
