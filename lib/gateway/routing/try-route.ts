import type { RouteDecision } from "@/db/schema/json";
import type { Viewer } from "../policy/models-for";
import { requestOfCall } from "./request-of-call";
import { routeAuto } from "./route-auto";

/** How a message would be decided as the first of a chat, without asking a model; null when there is none to choose. */
export async function tryRoute(text: string, viewer: Viewer): Promise<RouteDecision | null> {
  const route = await routeAuto(requestOfCall({ prompt: [{ role: "user", content: [{ type: "text", text }] }] }), viewer);
  if (!route) return null;
  const { fallbacks: _, ...decision } = route;
  return decision;
}
