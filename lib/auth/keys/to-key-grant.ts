import type { KeyRow } from "@/db/queries/api-keys";
import type { KeyGrant } from "@/lib/http/caller";

/** What a stored key allows. */
export function toKeyGrant({ id, scopes, models, upstreams, cache, similarity, sharesCache }: KeyRow): KeyGrant {
  return { id, scopes, models, upstreams, cache, similarity, sharesCache };
}
