import type { UIMessage } from "ai";
import { autoModelId } from "@/lib/core/auto-model-id";
import { ModelError } from "@/lib/core/errors";
import { defaultModelId } from "@/lib/gateway/default-model";
import { tokensOfImage } from "@/lib/gateway/prompt-size";
import { routeAuto } from "@/lib/gateway/routing/route-auto";
import { charsPerToken, type RouteRequest } from "@/lib/gateway/routing/route-request";
import { weighedChars } from "@/lib/gateway/token-estimate";
import { instructionsFor } from "./instructions";
import type { AgentContext } from "./run-input";
import { describeTools } from "./tools/declare-tools";
import { writtenForm } from "./window";

/**
 * The model of a run: the one asked for, the one that `auto` decides on, else the default. A decision is noted in the
 * context and told to the reader at once.
 * @param tools the names of those that a model is told of which can call tools
 * @throws ModelError `no_model` when none is usable
 */
export async function chooseModel(context: AgentContext, tools: string[]): Promise<string> {
  const { userId, key, options } = context;
  if (options.model && options.model !== autoModelId) return options.model;
  const id = options.model ? await decide(context, tools) : await defaultModelId({ userId, key });
  if (!id) throw new ModelError("no_model", "There is no model yet. Wait for the download to finish, or ask an admin to add a model host.");
  return id;
}

async function decide(context: AgentContext, tools: string[]): Promise<string | undefined> {
  const { userId, key, decided, emit } = context;
  const route = await routeAuto(requestOf(context, tools), { userId, key });
  if (!route) return undefined;
  const { fallbacks, ...decision } = route;
  decided.route = decision;
  decided.fallbacks = fallbacks;
  emit({ type: "message-metadata", messageMetadata: { model: route.model, route: decision } });
  return route.model;
}

function requestOf({ history, options, previousRoute }: AgentContext, tools: string[]): RouteRequest {
  const text = textOf(history.findLast(({ role }) => role === "user"));
  const textChars = history.reduce((sum, message) => sum + weighedChars(textOf(message)), weighedChars(options.system ?? ""));
  const sent = [instructionsFor(options.system, tools), describeTools(tools), ...history.map(writtenForm)];
  const files = history.flatMap(({ parts }) => parts.filter((part) => part.type === "file"));
  return {
    text,
    textTokens: Math.ceil(weighedChars(text) / charsPerToken),
    tokens: Math.ceil(textChars / charsPerToken),
    chars: sent.reduce((sum, part) => sum + weighedChars(part), 0),
    fileTokens: files.length * tokensOfImage,
    maxOutputTokens: options.maxTokens,
    hasImages: files.some(({ mediaType }) => mediaType.startsWith("image/")),
    wantsJson: false,
    // The tools that every chat has stand by; only those that were named are meant to be used.
    needsTools: Array.isArray(options.tools) && options.tools.length > 0,
    previous: previousRoute,
  };
}

function textOf(message: UIMessage | undefined): string {
  return (message?.parts ?? []).flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}
