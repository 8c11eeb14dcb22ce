import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from "@ai-sdk/provider";
import { hasImages } from "../has-images";
import { promptSize, toolChars } from "../prompt-size";
import { weighedChars } from "../token-estimate";
import { charsPerToken, type RouteRequest } from "./route-request";

type Call = Pick<LanguageModelV4CallOptions, "prompt" | "responseFormat" | "tools" | "toolChoice" | "maxOutputTokens">;

/** A call to a model as `auto` judges it. Its prompt is all there is of the conversation. */
export function requestOfCall({ prompt, responseFormat, tools, toolChoice, maxOutputTokens }: Call): RouteRequest {
  const text = lastUserText(prompt);
  const { chars: promptChars, fileTokens } = promptSize(prompt);
  const chars = promptChars + toolChars(tools);
  return {
    text,
    textTokens: Math.ceil(weighedChars(text) / charsPerToken),
    tokens: Math.ceil(chars / charsPerToken),
    chars,
    fileTokens,
    maxOutputTokens,
    hasImages: hasImages(prompt),
    wantsJson: responseFormat?.type === "json",
    needsTools: Boolean(tools?.length) && toolChoice?.type !== "none",
  };
}

function lastUserText(prompt: LanguageModelV4Prompt): string {
  const last = prompt.findLast(({ role }) => role === "user");
  if (last?.role !== "user") return "";
  return last.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}
