import type { Db } from "@/db/database";
import { saveHostSettings } from "@/db/queries/host-settings";
import { getUpstreamRow, type UpstreamRow, updateUpstreamRow } from "@/db/queries/upstreams";
import { encryptSecret } from "@/lib/auth/secret";
import { audited } from "@/lib/monitoring/audit/record-event";
import { announceUpstream } from "./announce-upstream";
import { checkedBaseUrl } from "./checked-base-url";
import { loadHostSettings, maxParallelOf } from "./host-settings";
import { getHost, requireSaved } from "./hosts/get-host";
import type { UpdateUpstreamInput } from "./upstream-contract";

/**
 * Enables or disables a stored host, or changes its address or key; of any host, how many calls it gets at once. For admins.
 * A new address forgets the old key unless one is given with it: a key is never sent to a host it was not entered for.
 * @throws NotFoundError · ConflictError for hosts of the environment: those change where they are set
 */
export async function updateUpstream({ id, maxParallel, ...change }: UpdateUpstreamInput): Promise<void> {
  const host = await getHost(id);
  const changesRow = Object.values(change).some((value) => value !== undefined);
  if (changesRow) requireSaved(host);
  const parallel = maxParallelOf(id) ?? null;
  // Asks the database for the secret on its first use, which must not wait within the transaction.
  const newKey = change.apiKey ? await encryptSecret(change.apiKey) : change.apiKey;
  await audited(
    async (tx) => {
      const rows = changesRow ? await changeRow(tx, id, { ...change, apiKey: newKey }) : { before: {}, after: {} };
      if (maxParallel === undefined) return rows;
      await saveHostSettings(tx, id, { maxParallel });
      return { before: { ...rows.before, maxParallel: parallel }, after: { ...rows.after, maxParallel } };
    },
    (values) => ({ action: "host.changed", target: { kind: "host", id, name: host.upstream.name }, ...values }),
  );
  if (maxParallel !== undefined) await loadHostSettings();
  await announceUpstream();
}

/** @param apiKey encrypted; null takes it away */
async function changeRow(tx: Db, id: string, { enabled, baseUrl, apiKey }: Omit<UpdateUpstreamInput, "id" | "maxParallel">) {
  const row = await getUpstreamRow(tx, id);
  const newUrl = baseUrl === undefined ? row.baseUrl : checkedBaseUrl(row.kind, baseUrl);
  const keptKey = newUrl === row.baseUrl ? row.encryptedApiKey : null;
  const encryptedApiKey = apiKey === undefined ? keptKey : apiKey;
  const changed = await updateUpstreamRow(tx, id, { enabled: enabled ?? row.enabled, baseUrl: newUrl, encryptedApiKey });
  return { before: toldOf(row), after: { ...toldOf(changed), ...(apiKey && { isKeyNew: true }) } };
}

const toldOf = ({ enabled, baseUrl, encryptedApiKey }: UpstreamRow) => ({ enabled, baseUrl, hasKey: encryptedApiKey !== null });
