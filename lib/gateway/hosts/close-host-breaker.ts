import { db } from "@/db/database";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { closeBreaker } from "../failover/close-breaker";
import { getHost } from "./get-host";

/** Lets calls to a model of a host through again, at once. Its breaker is each process's own. For admins. @throws NotFoundError when there is no such host */
export async function closeHostBreaker({ id, model }: { id: string; model: string }): Promise<void> {
  const { name } = (await getHost(id)).upstream;
  closeBreaker(id, model);
  await recordEvent(db(), { action: "host.breaker_closed", target: { kind: "host", id, name }, after: { model } });
}
