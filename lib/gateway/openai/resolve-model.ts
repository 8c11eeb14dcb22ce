import { autoModelId } from "@/lib/core/auto-model-id";
import type { Model, UpstreamKind } from "../contract";
import { currentHosts } from "../current-hosts";
import { listModels, pickModel } from "../list-models";
import { isHidden } from "../policy/is-hidden";
import { keyAllowsModel } from "../policy/key-allows-model";
import { modelsFor, type Viewer } from "../policy/models-for";
import { type AutoRoute, routeAuto } from "../routing/route-auto";
import type { RouteRequest } from "../routing/route-request";
import { prefixOf, splitModelId } from "../upstream";
import { OpenaiError } from "./openai-error";

/** A model that a caller named. `listed` is null when its host has not told of it; `route` says how `auto` came to it. */
export type ResolvedModel = { id: string; kind: UpstreamKind; listed: Model | null; route?: AutoRoute };

/** What a model is for, and whether one takes all of it. */
type Asked = { request: () => RouteRequest; takes: (model: Model) => boolean };

/**
 * The model that a caller means: by its id, or by its name alone, where the first in the hosts' order that the caller and
 * the key may use stands for all.
 * The one place of `/v1` where `auto` becomes a model.
 * @param asked what `auto` goes by
 * @throws OpenaiError `model_not_found`, also for one that the caller or the key may not use
 */
export async function resolveModel(wanted: string, viewer: Viewer, asked?: Asked): Promise<ResolvedModel> {
  const route = wanted === autoModelId && asked ? await routeAuto(asked.request(), viewer, { takes: asked.takes }) : null;
  const found = await find(route?.model ?? wanted, viewer);
  if (!found || !keyAllowsModel(viewer.key, found.id) || (await isHidden(found.id, viewer.userId))) throw notFound(wanted);
  return route ? { ...found, route } : found;
}

async function find(name: string, viewer: Viewer): Promise<ResolvedModel | null> {
  const models = await modelsFor(await listModels(), viewer);
  const listed = pickModel(models, name) ?? byName(models, name);
  const id = listed?.id ?? name;
  const { prefix } = splitModelId(id);
  const allowed = viewer.key?.upstreams;
  const host = (await currentHosts()).find(
    ({ upstream }) => upstream.enabled && prefixOf(upstream) === prefix && (allowed?.includes(upstream.name) ?? true),
  );
  // A model that no host listed is still asked for where its prefix leads: some hosts list less than they have.
  return host ? { id, kind: host.upstream.kind, listed } : null;
}

function byName(models: Model[], name: string): Model | null {
  const named = (wanted: string) => models.find((model) => model.name === wanted);
  return named(name) ?? named(`${name}:latest`) ?? null;
}

/** OpenAI's words for a model that is not there, whatever the reason. */
export function notFound(wanted: string): OpenaiError {
  return new OpenaiError(
    `The model \`${wanted}\` does not exist or you do not have access to it. GET /v1/models lists those you may use.`,
    {
      code: "model_not_found",
      param: "model",
      status: 404,
    },
  );
}
