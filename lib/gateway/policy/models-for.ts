import type { KeyGrant } from "@/lib/http/caller";
import type { Model } from "../contract";
import { isHidden } from "./is-hidden";
import { keyAllowsModel } from "./key-allows-model";

/** Who looks at models: a user, perhaps by an API key; nobody is Hearth itself. */
export type Viewer = { userId: string | null; key?: KeyGrant };

/** The models that somebody may use: those that are not hidden from them, and of these what their API key allows, each with the hosts that it may ask. */
export async function modelsFor(models: Model[], { userId, key }: Viewer): Promise<Model[]> {
  const hidden = await Promise.all(models.map(({ id }) => isHidden(id, userId)));
  const visible = models.filter((_, index) => !hidden[index]);
  if (!key) return visible;
  const { upstreams } = key;
  return visible
    .filter(({ id }) => keyAllowsModel(key, id))
    .map((model) => (upstreams ? { ...model, upstreams: model.upstreams.filter(({ name }) => upstreams.includes(name)) } : model))
    .filter((model) => model.upstreams.length > 0);
}
