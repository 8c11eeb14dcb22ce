import { api } from "@/components/api/api";
import type { listModels, Model } from "@/lib/gateway/contract";

/** Pages of models that are asked for, at most: against a server that never comes to an end. */
const maxPages = 50;

/** Every model there is, page by page. @throws ApiError when a page could not be had */
export async function fetchModels(): Promise<Model[]> {
  const models = new Map<string, Model>();
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const { items, nextCursor } = await api<typeof listModels>("GET", "/api/v1/models", { query: { limit: 100, cursor } });
    for (const model of items) models.set(model.id, model);
    if (!nextCursor) break;
    cursor = nextCursor;
  }
  return [...models.values()];
}
