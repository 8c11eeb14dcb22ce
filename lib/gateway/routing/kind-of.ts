import { classify, wordKind } from "./classify";
import type { RouteKind } from "./contract";
import type { RouteRequest } from "./route-request";

/** From here on the length is what matters most: some fifteen pages in one message, or a long conversation. */
export const longFrom = { textTokens: 6_000, tokens: 24_000 };

/** A longer message says by itself what it wants. */
const longestFollowUpChars = 80;

/**
 * What a request is: by its form where that decides, else by its words. A short message whose words say nothing, or just
 * thanks, belongs to what the conversation was about before.
 */
export function kindOf(request: RouteRequest): RouteKind {
  const { text, textTokens, tokens, hasImages, wantsJson, needsTools, previous } = request;
  if (hasImages) return "vision";
  if (textTokens > longFrom.textTokens || tokens > longFrom.tokens) return "long";
  if (wantsJson) return "structured";
  if (needsTools) return "tools";
  const { kind, isSure } = classify(text);
  const saysLittle = (!isSure || kind === "small-talk") && text.length <= longestFollowUpChars;
  return saysLittle && previous && previous.kind !== "small-talk" && isOfWords(previous.kind) ? previous.kind : kind;
}

/** Kinds of a form are told by the form each time: `vision` lasts for as long as the model is to read the conversation's images. */
const isOfWords = (kind: RouteKind) => wordKind.safeParse(kind).success;
