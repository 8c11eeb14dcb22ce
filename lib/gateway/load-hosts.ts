import { db } from "@/db/database";
import { listUpstreamRows, type UpstreamRow } from "@/db/queries/upstreams";
import { decryptSecret } from "@/lib/auth/secret";
import { log } from "@/lib/core/log";
import { environmentUpstreams } from "./environment-upstreams";
import { gatewayState, type Host } from "./gateway-state";
import { addressOf, forgetLanesBeyond } from "./queue/lane";
import { serveAllAfresh } from "./queue/model-line";
import type { Upstream } from "./upstream";

/** Hosts that another instance's admin added are seen after this long. */
const reloadAfterMs = 15_000;

/** Every host, in the order of preference: environment, built-in, saved. The saved ones are read again from time to time, in the background. */
export async function loadHosts(): Promise<Host[]> {
  const state = gatewayState();
  if (state.loadedAt === 0) await (state.loading ?? reloadHosts());
  else if (!state.loading && Date.now() - state.loadedAt > reloadAfterMs) void reloadHosts();
  return [...state.hosts.values()];
}

/** Reads the saved hosts again. What is known of a host stays unless its address or key changed. */
export function reloadHosts(): Promise<void> {
  const state = gatewayState();
  // After one that is under way, which may not have seen what was saved meanwhile.
  const loading = Promise.resolve(state.loading)
    .then(readUpstreams)
    .then((upstreams) => {
      const known = state.hosts;
      state.hosts = new Map(upstreams.map((upstream) => [upstream.id, keepOrNew(known.get(upstream.id), upstream)]));
      state.loadedAt = Date.now();
      forgetLanesBeyond(new Set(upstreams.map(addressOf)));
      serveAllAfresh();
    })
    .finally(() => {
      if (state.loading === loading) state.loading = undefined;
    });
  state.loading = loading;
  return loading;
}

async function readUpstreams(): Promise<Upstream[]> {
  const fromEnvironment = environmentUpstreams();
  try {
    return [...fromEnvironment, ...(await Promise.all((await listUpstreamRows(db())).map(toUpstream)))];
  } catch (error) {
    // While the database does not answer, the hosts that are known still serve.
    log().warn({ err: error }, "saved model hosts could not be read");
    const known = [...gatewayState().hosts.values()].map(({ upstream }) => upstream);
    return [...fromEnvironment, ...known.filter(({ source }) => source === "saved")];
  }
}

async function toUpstream({ id, name, kind, baseUrl, encryptedApiKey, enabled }: UpstreamRow): Promise<Upstream> {
  return {
    id,
    name,
    kind,
    baseUrl,
    apiKey: encryptedApiKey ? await decryptKey(encryptedApiKey, name) : undefined,
    source: "saved",
    enabled,
  };
}

async function decryptKey(encrypted: string, name: string): Promise<string | undefined> {
  try {
    return await decryptSecret(encrypted);
  } catch {
    log().warn({ upstream: name }, "the key of a model host cannot be read: AUTH_SECRET has changed. Enter the key again.");
    return undefined;
  }
}

function keepOrNew(known: Host | undefined, upstream: Upstream): Host {
  const isSame = known && known.upstream.baseUrl === upstream.baseUrl && known.upstream.apiKey === upstream.apiKey;
  // The same object, so that a check under way reports to the host that pages see.
  if (isSame) return Object.assign(known, { upstream });
  return { upstream, state: "unknown", since: null, models: [], checkedAt: 0, nextCheckAt: 0 };
}
