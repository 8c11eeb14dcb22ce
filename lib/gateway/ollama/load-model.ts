import { fetchJson } from "../catalogue/fetch-json";
import { checkAfresh } from "../check-host";
import { contextTokensOf } from "../context-tokens";
import { gatewaySettings } from "../gateway-settings";
import type { Host } from "../gateway-state";
import { findHostModel } from "../host-model";
import { modelSettingsOf } from "../model-settings";
import { inTime } from "./in-time";
import { keepAliveField } from "./keep-alive";
import { ollamaHeaders } from "./ollama-headers";

/**
 * Has an Ollama load a model, with the context that calls will ask for: another one would load it anew.
 * A request without a prompt does that: https://github.com/ollama/ollama/blob/main/docs/api.md#load-a-model
 * @throws ModelError
 */
export async function loadModel(host: Host, name: string): Promise<void> {
  const modelId = `ollama/${name}`;
  const known = findHostModel(host, name);
  const isEmbedding = known?.capabilities.embedding ?? false;
  const options = isEmbedding ? {} : { options: { num_ctx: contextTokensOf(modelId, known?.contextLength ?? null) } };
  const body = { model: name, ...(isEmbedding && { input: [] }), ...options, ...keepAliveField(modelSettingsOf(modelId)?.keepAlive) };
  await ask(host, name, { path: isEmbedding ? "/api/embed" : "/api/generate", body: { ...body, stream: false } });
}

/** Has an Ollama take a model out of memory once the calls it has are done. @throws ModelError */
export async function unloadModel(host: Host, name: string): Promise<void> {
  await ask(host, name, { path: "/api/generate", body: { model: name, keep_alive: 0, stream: false } });
}

async function ask(host: Host, name: string, request: { path: string; body: unknown }): Promise<void> {
  const { upstream } = host;
  const limitMs = gatewaySettings().coldLoadTimeoutMs;
  await inTime({ upstream, name, limitMs }, (signal) =>
    fetchJson(upstream, { ...request, headers: ollamaHeaders(upstream), signal, about: name }),
  );
  await checkAfresh(host);
}
