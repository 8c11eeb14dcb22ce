import { upsertModelSettings } from "@/db/queries/model-settings";
import { InvalidRequestError } from "@/lib/core/errors";
import { audited } from "@/lib/monitoring/audit/record-event";
import { canonicalModelId } from "../canonical-id";
import { loadModelSettings } from "../model-settings";
import { kindOfModel, speaksOpenai } from "../upstream";
import type { ModelSettingsInput } from "./contract";
import { requireModelId } from "./require-model-id";
import { settingsView } from "./settings-view";

/**
 * Sets what an admin wants of a model; what is not named stays. Holds at once here, and within 15 seconds in other processes.
 * @throws NotFoundError when no host has such a model and nothing is set for it · InvalidRequestError when it would fall back to itself, or its hosts have no whole replies
 */
export async function saveModelSettings({ modelId, ...change }: { modelId: string } & Partial<ModelSettingsInput>): Promise<void> {
  const id = await requireModelId(modelId);
  const { fallbacks } = change;
  if (fallbacks?.some((fallback) => canonicalModelId(fallback) === id)) throw bad("fallbacks", "A model cannot fall back to itself.");
  if (fallbacks && new Set(fallbacks).size < fallbacks.length) throw bad("fallbacks", "A model is named twice.");
  if (change.streaming && change.streaming !== "always" && !speaksOpenai(kindOfModel(id)))
    throw bad(
      "streaming",
      `The hosts of ${id} are always asked for a stream. Only servers that speak OpenAI's protocol can be asked for the whole.`,
    );
  const set = Object.entries(change).filter(([, value]) => value !== undefined);
  if (set.length === 0) return;
  const before: Record<string, unknown> = settingsView(id).settings;
  const after = Object.fromEntries(set);
  await audited(
    (tx) => upsertModelSettings(tx, id, after),
    () => ({
      action: "model.changed",
      target: { kind: "model", id, name: id },
      before: Object.fromEntries(set.map(([name]) => [name, before[name]])),
      after,
    }),
  );
  await loadModelSettings();
}

function bad(path: keyof ModelSettingsInput, message: string): InvalidRequestError {
  return new InvalidRequestError(message, [{ path, message }]);
}
