import { log } from "@/lib/core/log";
import { hostsWith } from "../ollama/hosts-with";
import { showModel } from "../ollama/show-model";
import type { ModelDetails, ModelFacts } from "./contract";
import { requireModelId } from "./require-model-id";
import { settingsView } from "./settings-view";

/** A model's settings, and what an Ollama that has it tells of it. For admins. @throws NotFoundError */
export async function getModelDetails(modelId: string): Promise<ModelDetails> {
  const id = await requireModelId(modelId);
  return { id, ...settingsView(id), facts: await factsOf(id) };
}

async function factsOf(modelId: string): Promise<ModelFacts | null> {
  const { hosts, name } = await hostsWith({ modelId }).catch(() => ({ hosts: [], name: "" }));
  const ollamas = hosts.filter(({ upstream }) => upstream.kind === "ollama");
  const host = ollamas.find(({ state }) => state === "up") ?? ollamas[0];
  if (!host) return null;
  return showModel(host, name).catch((error) => {
    log().debug({ err: error, upstream: host.upstream.name, model: name }, "a model's facts could not be read");
    return null;
  });
}
