import { numberIn } from "@/components/limits/number-field";
import type { ModelChange, ModelRow } from "./model-types";
import { streamings } from "./model-words";

const streamingNames = Object.keys(streamings) as ModelRow["settings"]["streaming"][];

/** What the form of a model says. Fields that it does not have for this model are left as they are. */
export function readModelForm(form: FormData, { manages }: Pick<ModelRow, "manages">): Omit<ModelChange, "modelId" | "fallbacks"> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const times = text("times")
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((time) => time.padStart(5, "0"));
  const days = form.getAll("day").map(Number);
  return {
    visibleTo: text("visibleTo") === "admins" ? "admins" : "everyone",
    hedge: form.has("hedge"),
    cacheAlways: form.has("cacheAlways"),
    ...(form.has("streaming") && { streaming: streamingNames.find((name) => name === form.get("streaming")) }),
    inputUsdPerMTok: numberIn(form, "inputUsdPerMTok"),
    outputUsdPerMTok: numberIn(form, "outputUsdPerMTok"),
    cachedInputUsdPerMTok: numberIn(form, "cachedInputUsdPerMTok"),
    ...(manages.load && { usdPerHour: numberIn(form, "usdPerHour"), prewarm: times.length > 0 ? { days, times } : null }),
    ...(form.has("keepAlive") && { keepAlive: text("keepAlive") || null }),
  };
}
