import type { RouteKind, RoutePreference, RoutingSettings } from "@/lib/gateway/routing/contract";
import { kindWords, preferenceWords } from "./routing-words";
import { type Sourced, savedText } from "./setting-field";

export type SourcedRouting = { preference: Sourced<RoutePreference>; rules: Sourced<{ kind: RouteKind; model: string }[]> };

export const routeKinds = Object.keys(kindWords) as RouteKind[];
/** What stands for no rule in the list, whose values may not be empty. */
export const noRule = "weighed";

/** What to save of the form: no preference while it shows the default, and no rules where none is chosen. */
export function readRoutingForm(form: FormData, { preference: { value, source } }: SourcedRouting): RoutingSettings {
  const ruled = routeKinds.flatMap((kind) => {
    const model = String(form.get(`rule-${kind}`));
    return model === noRule ? [] : [{ kind, model }];
  });
  const routeRules = ruled.length > 0 ? ruled : null;
  // What the environment decides is not sent, so that what was saved below it stays.
  if (source === "environment") return { routeRules };
  const entered = String(form.get("preference")) as RoutePreference;
  return { routePreference: source === "default" && entered === value ? null : entered, routeRules };
}

/** What takes the routing back to its defaults, all but a preference that was saved below the environment's. */
export function routingDefaults({ preference }: SourcedRouting): RoutingSettings {
  return preference.source === "environment" ? { routeRules: null } : { routePreference: null, routeRules: null };
}

/** What is saved of the routing, each in a few words. */
export function savedRouting({ preference, rules }: SourcedRouting): string[] {
  const ruled = rules.value.flatMap(({ kind, model }) => savedText(kindWords[kind], { value: model, source: rules.source }));
  return [...savedText("Preference", { ...preference, value: preferenceWords[preference.value] }), ...ruled];
}
