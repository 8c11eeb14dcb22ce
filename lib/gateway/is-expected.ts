import { embeddedNow } from "./embedded/embedded-state";
import type { Host } from "./gateway-state";

/**
 * Whether a host that does not answer is worth telling anybody. Those that Hearth always tries by itself, Ollama on this
 * machine and the embedded model, are no outage when nobody set them up: they count from their first answer, and the
 * embedded model from the start of its download.
 */
export function isExpected({ upstream, state, wasUp }: Pick<Host, "upstream" | "state" | "wasUp">): boolean {
  if (upstream.source !== "built-in" || state === "up" || wasUp) return true;
  return upstream.kind === "embedded" && ["downloading", "failed"].includes(embeddedNow().status);
}
