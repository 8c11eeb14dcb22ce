import { autoModelId } from "@/lib/core/auto-model-id";
import type { Model } from "../contract";
import { listModels, pickModel } from "../list-models";
import { modelsFor, type Viewer } from "../policy/models-for";
import { withAuto } from "../routing/auto-model";
import { splitModelId } from "../upstream";
import type { OpenaiModel } from "./contract";
import { notFound, resolveModel } from "./resolve-model";

/** Hosts do not tell when a model was made, and clients expect a number. */
const created = 0;

/** The models that a caller may use, in OpenAI's shape, `auto` and those that make embeddings included. */
export async function listOpenaiModels(viewer: Viewer): Promise<{ object: "list"; data: OpenaiModel[] }> {
  return { object: "list", data: (await modelsWithAuto(viewer)).map(toOpenaiModel) };
}

/** One model by its id, or by its name alone. @throws OpenaiError `model_not_found` */
export async function getOpenaiModel(id: string, viewer: Viewer): Promise<OpenaiModel> {
  const listed = id === autoModelId ? pickModel(await modelsWithAuto(viewer), id) : (await resolveModel(id, viewer)).listed;
  if (!listed) throw notFound(id);
  return toOpenaiModel(listed);
}

const modelsWithAuto = async (viewer: Viewer) => withAuto(await modelsFor(await listModels(), viewer));

function toOpenaiModel({ id, name, contextLength, capabilities }: Model): OpenaiModel {
  const ownedBy = id === autoModelId ? "hearth" : splitModelId(id).prefix;
  return { id, object: "model", created, owned_by: ownedBy, name, context_length: contextLength, capabilities };
}
