import { db } from "@/db/database";
import { deleteHostSettings } from "@/db/queries/host-settings";
import { deleteUpstreamRow } from "@/db/queries/upstreams";
import { announceUpstream } from "./announce-upstream";
import { getHost, requireSaved } from "./hosts/get-host";

/** Removes a stored host with its key. For admins. @throws NotFoundError · ConflictError for hosts of the environment */
export async function deleteUpstream({ id }: { id: string }): Promise<void> {
  await deleteUpstreamRow(db(), requireSaved(await getHost(id)));
  await deleteHostSettings(db(), id);
  await announceUpstream();
}
