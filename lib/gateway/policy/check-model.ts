import { ForbiddenError } from "@/lib/core/errors";
import { callError } from "../call-error";
import type { CallContext } from "../call-record";
import { isHidden } from "./is-hidden";
import { keyAllowsModel } from "./key-allows-model";

/**
 * Whether the caller may use the model at all. One that is for admins only is, to others, as if it did not exist.
 * @throws ForbiddenError when the API key is for other models · ModelError `no_model`
 */
export async function checkModel(modelId: string, { userId, key }: Pick<CallContext, "userId" | "key">): Promise<void> {
  if (key && !keyAllowsModel(key, modelId)) {
    throw new ForbiddenError(`This API key may not use ${modelId}. Use a model the key is for, or change the key in the settings.`);
  }
  if (await isHidden(modelId, userId)) throw callError("no_model", `There is no model host for ${modelId}.`);
}
