import type { RouteKind, RoutePreference } from "@/lib/gateway/routing/contract";

/** What requests can be, in the words of the settings. */
export const kindWords: Record<RouteKind, string> = {
  vision: "With images",
  long: "Long texts",
  structured: "JSON, YAML or CSV wanted",
  tools: "Tools needed",
  code: "Code",
  "small-talk": "Small talk",
  reasoning: "Reasoning",
  general: "Everything else",
};

/** What `auto` can prefer, in the words of the settings. */
export const preferenceWords: Record<RoutePreference, string> = {
  fast: "Fast: the first word comes soonest",
  balanced: "Balanced: between quality, speed and cost",
  best: "Best: the most able model",
  cheap: "Cheap: the lowest cost",
};

export const sourceWords = { default: "Default", environment: "Environment", saved: "Saved" };
