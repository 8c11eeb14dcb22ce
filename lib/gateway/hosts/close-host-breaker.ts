import { closeBreaker } from "../failover/close-breaker";
import { getHost } from "./get-host";

/** Lets calls to a model of a host through again, at once. Its breaker is each process's own. For admins. @throws NotFoundError when there is no such host */
export async function closeHostBreaker({ id, model }: { id: string; model: string }): Promise<void> {
  await getHost(id);
  closeBreaker(id, model);
}
