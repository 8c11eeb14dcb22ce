import { z } from "zod";
import { lineOfText, plainText } from "@/lib/http/text";

/** What a request can be taken for. */
export const routeKind = z.enum(["vision", "long", "structured", "tools", "code", "small-talk", "reasoning", "general"]);
export type RouteKind = z.output<typeof routeKind>;

/** What `auto` looks for first. */
export const routePreference = z.enum(["fast", "balanced", "best", "cheap"]);
export type RoutePreference = z.output<typeof routePreference>;

/** A rule of this deployment: requests of a kind go to a model, before anything is weighed. */
export const routeRule = z.object({ kind: routeKind, model: z.string().trim().min(1).max(200) });

/** How `auto` came to its model. */
export const routeDecision = z.object({
  kind: routeKind.describe("What it was taken for"),
  preference: routePreference,
  model: z.string().describe("The model that was chosen"),
  why: z.string(),
  tookMs: z.number().describe("How long deciding took"),
});
export type RouteDecision = z.output<typeof routeDecision>;

/** What admins set of the routing; null takes one back to its default, and one that is absent stays. */
export const routingSettings = z
  .object({
    routePreference: routePreference.nullable(),
    routeRules: z
      .array(routeRule.extend({ model: lineOfText(200) }))
      .max(50)
      .nullable(),
  })
  .partial();
export type RoutingSettings = z.output<typeof routingSettings>;

/** A message to see the decision for. */
export const routeTrial = z.object({ text: plainText().pipe(z.string().trim().min(1, "Write something first").max(100_000)) });
