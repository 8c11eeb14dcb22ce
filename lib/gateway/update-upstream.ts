import { db } from "@/db/database";
import { saveHostSettings } from "@/db/queries/host-settings";
import { getUpstreamRow, updateUpstreamRow } from "@/db/queries/upstreams";
import { encryptSecret } from "@/lib/auth/secret";
import { announceUpstream } from "./announce-upstream";
import { checkedBaseUrl } from "./checked-base-url";
import { loadHostSettings } from "./host-settings";
import { getHost, requireSaved } from "./hosts/get-host";
import type { UpdateUpstreamInput } from "./upstream-contract";

/**
 * Enables or disables a stored host, or changes its address or key; of any host, how many calls it gets at once. For admins.
 * A new address forgets the old key unless one is given with it: a key is never sent to a host it was not entered for.
 * @throws NotFoundError · ConflictError for hosts of the environment: those change where they are set
 */
export async function updateUpstream({ id, maxParallel, ...change }: UpdateUpstreamInput): Promise<void> {
  const host = await getHost(id);
  if (Object.values(change).some((value) => value !== undefined)) await changeRow(requireSaved(host), change);
  if (maxParallel !== undefined) {
    await saveHostSettings(db(), id, { maxParallel });
    await loadHostSettings();
  }
  await announceUpstream();
}

async function changeRow(id: string, { enabled, baseUrl, apiKey }: Omit<UpdateUpstreamInput, "id" | "maxParallel">): Promise<void> {
  const row = await getUpstreamRow(db(), id);
  const newUrl = baseUrl === undefined ? row.baseUrl : checkedBaseUrl(row.kind, baseUrl);
  const keptKey = newUrl === row.baseUrl ? row.encryptedApiKey : null;
  const encryptedApiKey = apiKey ? await encryptSecret(apiKey) : apiKey === null ? null : keptKey;
  await updateUpstreamRow(db(), id, { enabled: enabled ?? row.enabled, baseUrl: newUrl, encryptedApiKey });
}
