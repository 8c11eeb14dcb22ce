import { currentHosts } from "./current-hosts";
import { startEmbedded } from "./embedded/start-embedded";
import { startHealthLoop } from "./health-loop";
import { reloadHosts } from "./load-hosts";

/**
 * Begins the health checks and finds the embedded model. Waits at most half a second for hosts to answer; the embedded
 * model's default is fetched only when no host offers a model. Needs an open database.
 * @throws Error of one line when an address in the environment cannot be used
 */
export async function startGateway(): Promise<void> {
  await reloadHosts();
  const hosts = await currentHosts();
  startHealthLoop();
  const hasModel = hosts.some(({ upstream, models }) => upstream.enabled && models.some((model) => !model.capabilities.embedding));
  await startEmbedded({ mayDownload: !hasModel });
}
