import { modelSettingsOf } from "../model-settings";
import { findMember } from "./find-member";

/**
 * Whether a model is for admins only and the user is none: to them it is as if it did not exist.
 * Nobody, which is Hearth itself, sees every model.
 */
export async function isHidden(modelId: string, userId: string | null): Promise<boolean> {
  if (modelSettingsOf(modelId)?.visibleTo !== "admins" || userId === null) return false;
  return !(await findMember(userId)).isAdmin;
}
