import { contextTokensOf } from "../context-tokens";
import type { Model } from "../contract";
import type { RouteRequest } from "./route-request";

/** What a model has to have for a request, in the order in which a lack matters most. */
export type Need = "vision" | "context" | "tools" | "json";

const needs: Need[] = ["vision", "context", "tools", "json"];
/** Room that is kept for a reply of no given length. */
const usualReplyTokens = 1_024;

/** What a model lacks of what the request cannot do without; empty when it has it all. */
export function lacksOf(model: Model, request: RouteRequest): Need[] {
  const { capabilities, contextLength, id } = model;
  const room = request.tokens + Math.min(request.maxOutputTokens ?? usualReplyTokens, usualReplyTokens);
  const has: Record<Need, boolean> = {
    vision: !request.hasImages || capabilities.vision,
    context: room <= contextTokensOf(id, contextLength),
    tools: !request.needsTools || capabilities.tools,
    json: !request.wantsJson || capabilities.json,
  };
  return needs.filter((need) => !has[need]);
}

/** How bad a lack is, comparable: a more important one outweighs all that come after it. */
export function weightOfLacks(lacks: Need[]): number {
  return lacks.reduce((sum, need) => sum + 2 ** (needs.length - needs.indexOf(need)), 0);
}
