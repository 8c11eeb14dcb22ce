import { autoModelId } from "@/lib/core/auto-model-id";
import type { Model } from "../contract";

/**
 * Models with `auto` before them, as they are shown: it has what any of them has, on all their hosts. Without a chat model
 * there is nothing to choose from.
 */
export function withAuto(models: Model[]): Model[] {
  const chat = models.filter(({ capabilities }) => !capabilities.embedding);
  return chat.length === 0 ? models : [autoOf(chat), ...models];
}

function autoOf(chat: Model[]): Model {
  const has = (name: keyof Model["capabilities"]) => chat.some(({ capabilities }) => capabilities[name]);
  const hosts = new Map<string, Model["upstreams"][number]>();
  for (const host of chat.flatMap(({ upstreams }) => upstreams)) {
    const known = hosts.get(host.name);
    hosts.set(host.name, { ...host, loaded: host.loaded || (known?.loaded ?? false) });
  }
  const contexts = chat.flatMap(({ contextLength }) => contextLength ?? []);
  return {
    id: autoModelId,
    name: "Auto",
    upstreams: [...hosts.values()],
    capabilities: { tools: has("tools"), vision: has("vision"), thinking: has("thinking"), embedding: false, json: has("json") },
    contextLength: contexts.length > 0 ? Math.max(...contexts) : null,
  };
}
