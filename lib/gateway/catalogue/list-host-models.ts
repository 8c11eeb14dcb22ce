import type { Host, HostModel } from "../gateway-state";
import { listAnthropicModels } from "./list-anthropic-models";
import { listGoogleModels } from "./list-google-models";
import { listOllamaModels } from "./list-ollama-models";
import { listOpenaiModels } from "./list-openai-models";

/** Asks a host which models it has. @throws ModelError; the signal's reason when it is aborted */
export function listHostModels(host: Host, signal: AbortSignal): Promise<HostModel[]> {
  switch (host.upstream.kind) {
    case "ollama":
      return listOllamaModels(host, signal);
    case "openai":
    case "openai-compatible":
      return listOpenaiModels(host.upstream, signal);
    case "anthropic":
      return listAnthropicModels(host.upstream, signal);
    case "google":
      return listGoogleModels(host.upstream, signal);
    case "embedded":
      return Promise.resolve(host.models);
  }
}
