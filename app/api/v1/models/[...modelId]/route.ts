import { otherMethods, route } from "@/lib/auth/route";
import { deleteModel, getModelDetails, updateModel } from "@/lib/gateway/models/contract";
import { getModelDetails as get } from "@/lib/gateway/models/get-model-details";
import { requireModelId } from "@/lib/gateway/models/require-model-id";
import { saveModelSettings } from "@/lib/gateway/models/save-model-settings";
import { settingsView } from "@/lib/gateway/models/settings-view";
import { deleteModel as remove } from "@/lib/gateway/ollama/delete-model";

export const GET = route(getModelDetails, ({ params }) => get(params.modelId));

export const PATCH = route(updateModel, async ({ params, body }) => {
  await saveModelSettings({ ...params, ...body });
  const id = await requireModelId(params.modelId);
  return { id, ...settingsView(id) };
});

export const DELETE = route(deleteModel, ({ params, query }) => remove({ ...params, ...query }));

export const { POST, PUT, OPTIONS } = otherMethods(GET, PATCH, DELETE);
