import type { Page, PageQuery } from "@/lib/http/page";
import type { Model } from "./contract";
import { listModels } from "./list-models";

/** One page of the models, in the hosts' order. A cursor holds the last model's id; a model that is gone meanwhile starts anew. */
export async function pageOfModels({ limit, cursor }: PageQuery): Promise<Page<Model>> {
  const models = await listModels();
  const lastId = cursor ? Buffer.from(cursor, "base64url").toString("utf8") : undefined;
  const start = models.findIndex(({ id }) => id === lastId) + 1;
  const items = models.slice(start, start + limit);
  const last = items.at(-1);
  return { items, nextCursor: last && start + limit < models.length ? Buffer.from(last.id).toString("base64url") : null };
}
