import type { ActionResult } from "@/lib/core/action-result";
import type { Model } from "@/lib/gateway/contract";
import type { Budget, Limit } from "@/lib/gateway/limits/contract";
import type { FactSource, ModelDetails, ModelSettingsInput } from "@/lib/gateway/models/contract";
import type { Pull } from "@/lib/gateway/ollama/contract";

/** A model as the settings list it. */
export type ModelRow = Pick<ModelDetails, "settings" | "sources"> & {
  model: Model;
  factsFrom: { abilities: FactSource; context: FactSource };
  listPrice: { inputUsdPerMTok: number; outputUsdPerMTok: number; date: string } | null;
  /** It costs somebody money, and nobody knows how much. */
  lacksPrice: boolean;
  /** Those that are for this model, whoever asks it. */
  limits: Limit[];
  budgets: Budget[];
  manages: { load: boolean; remove: boolean; streaming: boolean };
};

export type ModelChange = { modelId: string } & Partial<ModelSettingsInput>;

/** What the settings can do with models, as server actions. */
export type ModelActions = {
  saveModel: (input: ModelChange) => Promise<ActionResult<void>>;
  /** Does not wait for the host. */
  pullModel: (input: { name: string; upstreamId?: string }) => Promise<ActionResult<void>>;
  stopPull: (input: { id: string }) => Promise<ActionResult<void>>;
};

export type LibraryModel = { name: string; sizes: string[]; about: string };

/** What pulling a model needs to know: where to, what there is, and what is on its way. */
export type Pulling = { targets: { id: string; name: string }[]; library: LibraryModel[]; initial: Pull[] };
