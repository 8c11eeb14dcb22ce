import { db } from "@/db/database";
import { getUpstreamRow, updateUpstreamRow } from "@/db/queries/upstreams";
import { encryptSecret } from "@/lib/auth/secret";
import { announceUpstream } from "./announce-upstream";
import { checkedBaseUrl } from "./checked-base-url";
import type { UpdateUpstreamInput } from "./upstream-contract";
import type { UpstreamState } from "./upstream-states";

/**
 * Enables or disables a stored host, or changes its address or key. For admins.
 * A new address forgets the old key unless one is given with it: a key is never sent to a host it was not entered for.
 * @throws NotFoundError, also for hosts of the environment: those change where they are set
 */
export async function updateUpstream({ id, enabled, baseUrl, apiKey }: UpdateUpstreamInput): Promise<UpstreamState | null> {
  const row = await getUpstreamRow(db(), id);
  const newUrl = baseUrl === undefined ? row.baseUrl : checkedBaseUrl(row.kind, baseUrl);
  const keptKey = newUrl === row.baseUrl ? row.encryptedApiKey : null;
  const encryptedApiKey = apiKey ? await encryptSecret(apiKey) : apiKey === null ? null : keptKey;
  await updateUpstreamRow(db(), id, { enabled: enabled ?? row.enabled, baseUrl: newUrl, encryptedApiKey });
  return announceUpstream(id);
}
