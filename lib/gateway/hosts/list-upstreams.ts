import type { Page, PageQuery } from "@/lib/http/page";
import { currentHosts } from "../current-hosts";
import type { UpstreamView } from "./contract";
import { getHost } from "./get-host";
import { toUpstreamView } from "./upstream-view";

/** Every host as its admins see it, in the order of preference, without waiting for any. */
export async function listUpstreams(): Promise<UpstreamView[]> {
  return (await currentHosts()).map(toUpstreamView);
}

/** One page of them. A cursor holds the last host's id; a host that is gone meanwhile starts anew. */
export async function pageOfUpstreams({ limit, cursor }: PageQuery): Promise<Page<UpstreamView>> {
  const all = await listUpstreams();
  const start = all.findIndex(({ id }) => Buffer.from(id).toString("base64url") === cursor) + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return { items, nextCursor: last && start + limit < all.length ? Buffer.from(last.id).toString("base64url") : null };
}

/** One host as its admins see it. @throws NotFoundError */
export async function getUpstream(id: string): Promise<UpstreamView> {
  return toUpstreamView(await getHost(id));
}
