import { ConflictError, NotFoundError } from "@/lib/core/errors";
import { currentHosts } from "../current-hosts";
import type { Host } from "../gateway-state";
import { reloadHosts } from "../load-hosts";

/** One host as last known; one that another instance added a moment ago is looked for. @throws NotFoundError */
export async function getHost(id: string): Promise<Host> {
  const known = await findHost(id);
  if (known) return known;
  await reloadHosts();
  const added = await findHost(id);
  if (!added) throw new NotFoundError("model host", id);
  return added;
}

const findHost = async (id: string) => (await currentHosts()).find(({ upstream }) => upstream.id === id);

/** The id of a host that admins may change. @throws ConflictError for one of the environment, or that is built in */
export function requireSaved({ upstream }: Pick<Host, "upstream">): string {
  if (upstream.source === "saved") return upstream.id;
  const whose = upstream.source === "environment" ? "is set by the environment. Change its variable and start again" : "is built in";
  throw new ConflictError(`${upstream.name} ${whose}; only its number of calls at once can be changed here.`);
}
