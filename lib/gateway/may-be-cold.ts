import type { HostModel } from "./gateway-state";
import { isLoaded } from "./is-loaded";
import type { Upstream } from "./upstream";

/** Whether a host may have to load the model before it can answer. */
export function mayBeCold({ kind }: Upstream, known: HostModel | undefined): boolean {
  return kind === "embedded" || (kind === "ollama" && !(known && isLoaded(known)));
}
