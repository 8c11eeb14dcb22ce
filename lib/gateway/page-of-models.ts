import type { Page, PageQuery } from "@/lib/http/page";
import type { Model } from "./contract";
import { listModels } from "./list-models";
import { modelsFor, type Viewer } from "./policy/models-for";
import { withAuto } from "./routing/auto-model";

/** One page of the models that the viewer may use, `auto` first and then in the hosts' order. A cursor holds the last model's id; a model that is gone meanwhile starts anew. */
export async function pageOfModels({ limit, cursor }: PageQuery, viewer: Viewer): Promise<Page<Model>> {
  const models = withAuto(await modelsFor(await listModels(), viewer));
  const lastId = cursor ? Buffer.from(cursor, "base64url").toString("utf8") : undefined;
  const start = models.findIndex(({ id }) => id === lastId) + 1;
  const items = models.slice(start, start + limit);
  const last = items.at(-1);
  return { items, nextCursor: last && start + limit < models.length ? Buffer.from(last.id).toString("base64url") : null };
}
