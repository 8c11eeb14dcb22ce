import { embeddedNow } from "./embedded/embedded-state";
import type { Host } from "./gateway-state";

/** Far enough away: the embedded model loads within a second when it is asked. */
const alwaysLoaded = new Date(8_640_000_000_000_000);

/** The embedded model as it is now, in the shape of a host that was just checked. */
export function embeddedHost(host: Host): Host {
  const { status, model, error, worker } = embeddedNow();
  const isUp = status === "ready" && model !== null;
  return {
    ...host,
    state: isUp ? "up" : "down",
    error: isUp ? undefined : (error ?? `The embedded model is ${status}.`),
    models: model
      ? [
          {
            name: model.name,
            capabilities: { tools: false, vision: false, thinking: false, embedding: false, json: true },
            contextLength: model.contextLength,
            loadedUntil: worker.state === "ready" || worker.state === "busy" ? alwaysLoaded : undefined,
          },
        ]
      : [],
  };
}
