import { budgetText, moneyText, ratesText } from "@/components/limits/limit-words";
import { abilitiesOf, describeContext } from "@/components/models/model-facts";
import type { FactSource } from "@/lib/gateway/models/contract";
import type { ModelRow } from "./model-types";

/** What a model costs and who says so; null when nobody does and it runs on one's own machine. */
export function priceText({ model, settings, listPrice, lacksPrice }: ModelRow): string | null {
  const { inputUsdPerMTok, outputUsdPerMTok, usdPerHour } = settings;
  const isSaved = inputUsdPerMTok !== null || outputUsdPerMTok !== null;
  const tokens = model.pricing && (isSaved || listPrice) ? tokensText(model.pricing) : null;
  const price = [tokens, usdPerHour !== null && `${moneyText(usdPerHour)} an hour`].filter(Boolean).join(", ");
  if (!price) return lacksPrice ? "no price" : null;
  return isSaved || usdPerHour !== null ? `${price} (saved)` : `${price} (list price of ${listPrice?.date})`;
}

function tokensText({ inputUsdPerMTok, outputUsdPerMTok }: { inputUsdPerMTok: number; outputUsdPerMTok: number }): string {
  return `${moneyText(inputUsdPerMTok)} in, ${moneyText(outputUsdPerMTok)} out a million tokens`;
}

/** What a model can do and where it is, each in a few words. */
export function factsOf(row: ModelRow): string[] {
  const { model } = row;
  const hosts = model.upstreams.map(
    ({ name, state, loaded }) => name + (state === "down" ? " (does not answer)" : loaded ? " (in memory)" : ""),
  );
  return [...new Set(hosts), ...toldFacts(row), priceText(row)].filter((fact) => fact !== null);
}

const tellers: Record<FactSource, string> = {
  host: "reported by its host",
  catalogue: "Hearth’s list",
  "built-in": "set by Hearth",
};

/** How much a model takes and what it can do, and who says so: said once where both are from the same. */
function toldFacts({ model, factsFrom }: ModelRow): string[] {
  const context = [describeContext(model.contextLength)].filter((fact) => fact !== null);
  const abilities = model.capabilities.embedding ? ["Embeddings"] : abilitiesOf(model);
  const told = (facts: string[], from: FactSource) => (facts.length > 0 ? [`${facts.join(", ")} (${tellers[from]})`] : []);
  if (factsFrom.context === factsFrom.abilities) return told([...context, ...abilities], factsFrom.context);
  return [...told(context, factsFrom.context), ...told(abilities, factsFrom.abilities)];
}

/** What a model's hosts can be asked for. */
export const streamings: Record<ModelRow["settings"]["streaming"], string> = {
  always: "A stream, always",
  "as-asked": "A stream or the whole, as the caller asks",
  never: "The whole, always",
};

/** What is wrong with a field that has parts, whichever of them it is. */
export function faultOf(faults: Record<string, string>, field: string): string | undefined {
  return Object.entries(faults).find(([path]) => path === field || path.startsWith(`${field}.`))?.[1];
}

const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The days of the week by their number, from Monday on. */
export const weekDays = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ day, name: dayNames[day] ?? "" }));

/** What an admin set for a model, each in a few words; empty when nothing is. */
export function settingsOf({ settings, ...row }: ModelRow): string[] {
  const { fallbacks, hedge, cacheAlways, streaming, keepAlive, prewarm } = settings;
  return [
    ...(fallbacks.length > 0 ? [`falls back to ${fallbacks.join(", then ")}`] : []),
    ...(hedge ? ["a second host is asked when it is late"] : []),
    ...(cacheAlways ? ["answers are always kept"] : []),
    ...(streaming === "always"
      ? []
      : [streaming === "never" ? "asked for whole replies" : "asked for whole replies where callers want them"]),
    ...(keepAlive ? [keepAlive === "-1" ? "stays in memory" : `stays in memory for ${keepAlive}`] : []),
    ...(prewarm ? [`loaded at ${prewarm.times.join(", ")}, ${daysText(prewarm.days)}`] : []),
    ...allowancesOf(row),
  ];
}

/** How much may be asked of a model and spent on it, each in a few words. */
export function allowancesOf({ limits, budgets }: Pick<ModelRow, "limits" | "budgets">): string[] {
  return [...limits.map((limit) => `at most ${ratesText(limit)}`), ...budgets.map((budget) => `a budget of ${budgetText(budget)}`)];
}

function daysText(days: number[]): string {
  const chosen = weekDays.filter(({ day }) => days.includes(day));
  if (chosen.length === 7) return "every day";
  if (days.toSorted().join() === "1,2,3,4,5") return "weekdays";
  return chosen.map(({ name }) => name).join(", ");
}
