import type { Host, HostModel } from "./gateway-state";

/** A model as its host lists it. Ollama's models have the tag `latest` when none is given. */
export function findHostModel({ upstream, models }: Pick<Host, "upstream" | "models">, name: string): HostModel | undefined {
  const wanted = upstream.kind === "ollama" && !name.includes(":") ? `${name}:latest` : name;
  return models.find((model) => model.name === wanted);
}
