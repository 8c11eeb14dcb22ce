import { db } from "@/db/database";
import { listModelSettings, type ModelSettings } from "@/db/queries/model-settings";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { canonicalModelId } from "./canonical-id";

/** What another instance's admin saved is seen after this long. */
const reloadAfterMs = 15_000;

type State = { rows: Map<string, ModelSettings>; loadedAt: number; loading?: Promise<void> };
const state = () => processGlobal<State>("gateway-model-settings", () => ({ rows: new Map(), loadedAt: 0 }));

/** What admins set for a model, by its public id, as last read; undefined when nothing is. Never waits. */
export function modelSettingsOf(modelId: string): ModelSettings | undefined {
  return rows().get(canonicalModelId(modelId));
}

/** The same of every model for which something is set. */
export function allModelSettings(): ModelSettings[] {
  return [...rows().values()];
}

function rows(): Map<string, ModelSettings> {
  const { loadedAt, loading } = state();
  if (!loading && Date.now() - loadedAt > reloadAfterMs) void loadModelSettings();
  return state().rows;
}

/** Reads the settings of all models. While the database does not answer, those last read stand. */
export function loadModelSettings(): Promise<void> {
  const current = state();
  // After one that is under way, which may not have seen what was saved meanwhile.
  const loading = Promise.resolve(current.loading)
    .then(() => listModelSettings(db()))
    .then((rows) => {
      current.rows = new Map(rows.map((row) => [row.modelId, row]));
    })
    .catch((error) => log().warn({ err: error }, "the models' settings could not be read; those last read stand"))
    .finally(() => {
      current.loadedAt = Date.now();
      if (current.loading === loading) current.loading = undefined;
    });
  current.loading = loading;
  return loading;
}
