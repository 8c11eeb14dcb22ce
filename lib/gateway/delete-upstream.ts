import { deleteHostSettings } from "@/db/queries/host-settings";
import { deleteUpstreamRow } from "@/db/queries/upstreams";
import { audited } from "@/lib/monitoring/audit/record-event";
import { announceUpstream } from "./announce-upstream";
import { getHost, requireSaved } from "./hosts/get-host";

/** Removes a stored host with its key. For admins. @throws NotFoundError · ConflictError for hosts of the environment */
export async function deleteUpstream({ id }: { id: string }): Promise<void> {
  const host = await getHost(id);
  const { name, kind, baseUrl, apiKey } = host.upstream;
  const saved = requireSaved(host);
  await audited(
    async (tx) => {
      await deleteUpstreamRow(tx, saved);
      await deleteHostSettings(tx, id);
    },
    () => ({ action: "host.deleted", target: { kind: "host", id, name }, before: { name, kind, baseUrl, hasKey: Boolean(apiKey) } }),
  );
  await announceUpstream();
}
