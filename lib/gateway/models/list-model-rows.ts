import type { Model } from "../contract";
import { findListPrice } from "../cost";
import { currentHosts } from "../current-hosts";
import { lacksPrice } from "../lacks-price";
import type { Budget, Limit } from "../limits/contract";
import { listBudgets } from "../limits/list-budgets";
import { listLimits } from "../limits/list-limits";
import { listModels } from "../list-models";
import { kindOfModel, prefixOf, speaksOpenai, splitModelId } from "../upstream";
import type { FactSource, ModelDetails } from "./contract";
import { factSources } from "./fact-sources";
import { settingsView } from "./settings-view";

/** A model as the settings list it. `manages` says what can be done with it here. */
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

/** Every model with what is set for it, in the hosts' order. For admins. */
export async function listModelRows(): Promise<ModelRow[]> {
  const [models, limits, budgets] = await Promise.all([listModels(), listLimits(), listBudgets()]);
  return models.map((model) => {
    const isForIt = ({ subjectKind, subjectId }: Limit | Budget) => subjectKind === "model" && subjectId === model.id;
    const { prefix } = splitModelId(model.id);
    const listed = findListPrice(model.id);
    const isOllama = prefix === "ollama";
    return {
      model,
      factsFrom: factSources(model),
      ...settingsView(model.id),
      listPrice: listed ? { inputUsdPerMTok: listed.inputUsdPerMTok, outputUsdPerMTok: listed.outputUsdPerMTok, date: listed.date } : null,
      lacksPrice: lacksPrice(model),
      limits: limits.filter(isForIt),
      budgets: budgets.filter(isForIt),
      manages: { load: isOllama || prefix === "local", remove: isOllama, streaming: speaksOpenai(kindOfModel(model.id)) },
    };
  });
}

/** The hosts that models can be pulled to. */
export async function pullTargets(): Promise<{ id: string; name: string }[]> {
  const hosts = await currentHosts();
  return hosts
    .filter(
      ({ upstream, state }) => upstream.enabled && prefixOf(upstream) === "ollama" && (state === "up" || upstream.source !== "built-in"),
    )
    .map(({ upstream: { id, name } }) => ({ id, name }));
}
