import { modelSettingsOf } from "../model-settings";
import { type ModelDetails, type ModelSettingsInput, modelSettings } from "./contract";

const defaults: ModelSettingsInput = {
  fallbacks: [],
  visibleTo: "everyone",
  inputUsdPerMTok: null,
  outputUsdPerMTok: null,
  cachedInputUsdPerMTok: null,
  usdPerHour: null,
  cacheAlways: false,
  hedge: false,
  streaming: "always",
  keepAlive: null,
  prewarm: null,
};

const names = Object.keys(modelSettings.shape) as (keyof ModelSettingsInput)[];

/** What holds for a model, and whether an admin set it. */
export function settingsView(modelId: string): Pick<ModelDetails, "settings" | "sources"> {
  const saved = modelSettingsOf(modelId);
  const settings = Object.fromEntries(names.map((name) => [name, saved?.[name] ?? defaults[name]])) as ModelSettingsInput;
  const isDefault = (name: keyof ModelSettingsInput) => JSON.stringify(settings[name]) === JSON.stringify(defaults[name]);
  const sources = Object.fromEntries(names.map((name) => [name, isDefault(name) ? "default" : "saved"])) as ModelDetails["sources"];
  return { settings, sources };
}
