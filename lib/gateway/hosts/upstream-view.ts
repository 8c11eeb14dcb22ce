import { toBreakerView } from "../failover/breaker-states";
import type { Host } from "../gateway-state";
import { maxParallelOf } from "../host-settings";
import { isLoaded } from "../is-loaded";
import { addressOf, allLanes, embeddedParallel, type Lane, pauseLeftMs } from "../queue/lane";
import { prefixOf, type Upstream } from "../upstream";
import { toUpstreamState } from "../upstream-states";
import type { UpstreamView } from "./contract";

/** Ollama says so of a model that is to stay: a moment centuries away. */
const staysAfter = Date.UTC(2200, 0, 1);

/** A host as its admins see it: health, what it has in memory, what it has to do, and which of its models are left alone. */
export function toUpstreamView(host: Host): UpstreamView {
  const { upstream, models } = host;
  const address = addressOf(upstream);
  const lanes = allLanes().filter((lane) => lane.address === address && (isListed(host, lane.modelId) || isLeftAlone(lane)));
  return {
    ...toUpstreamState(host),
    checksMs: host.checksMs ?? [],
    ...maxParallel(upstream, lanes),
    loaded: models.filter(isLoaded).map(({ name, vramBytes, loadedContext, loadedUntil }) => ({
      model: `${prefixOf(upstream)}/${name}`,
      name,
      vramBytes: vramBytes ?? null,
      contextLength: loadedContext ?? null,
      until: loadedUntil && loadedUntil.getTime() < staysAfter ? loadedUntil : null,
    })),
    lanes: lanes.map((lane) => ({
      model: lane.modelId,
      running: lane.running,
      waiting: lane.line.waiting.size,
      limit: Number.isFinite(lane.limit) ? lane.limit : null,
      breaker: toBreakerView(lane.breaker),
      pausedUntil: pauseLeftMs(lane) > 0 ? new Date(lane.pausedUntil) : null,
    })),
  };
}

/** Names that callers made up have a lane too. */
function isListed({ upstream, models }: Host, modelId: string): boolean {
  return models.some(({ name }) => `${prefixOf(upstream)}/${name}` === modelId);
}

/** A model that was deleted keeps its lane, which says something for as long as calls are kept away. */
const isLeftAlone = (lane: Lane) => !lane.breaker.admits || pauseLeftMs(lane) > 0;

function maxParallel({ id, kind }: Upstream, lanes: Lane[]): Pick<UpstreamView, "maxParallel" | "maxParallelSource"> {
  const saved = maxParallelOf(id);
  if (saved !== undefined) return { maxParallel: saved, maxParallelSource: "saved" };
  const unused = kind === "embedded" ? embeddedParallel : null;
  const limits = lanes.flatMap(({ limit }) => (Number.isFinite(limit) ? [limit] : []));
  const isFoundOut = lanes.some(({ parallel }) => parallel?.isSettled);
  return { maxParallel: limits.length > 0 ? Math.min(...limits) : unused, maxParallelSource: isFoundOut ? "found out" : "default" };
}
