import { db } from "@/db/database";
import { deleteUpstreamRow } from "@/db/queries/upstreams";
import { announceUpstream } from "./announce-upstream";

/** Removes a stored host with its key. For admins. @throws NotFoundError, also for hosts of the environment */
export async function deleteUpstream({ id }: { id: string }): Promise<void> {
  await deleteUpstreamRow(db(), id);
  await announceUpstream(id);
}
