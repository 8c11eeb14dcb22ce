import { NotFoundError } from "@/lib/core/errors";
import { canonicalModelId } from "../canonical-id";
import { findModel } from "../list-models";
import { modelSettingsOf } from "../model-settings";

/** The one id of a model that a host lists, or listed when something was set for it. @throws NotFoundError */
export async function requireModelId(modelId: string): Promise<string> {
  const id = canonicalModelId(modelId);
  if (!(await findModel(id)) && !modelSettingsOf(id)) throw new NotFoundError("model", modelId);
  return id;
}
