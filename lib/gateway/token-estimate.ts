import { processGlobal } from "@/lib/core/process-global";

/** Characters a token has in English prose, by most tokenizers: where each model starts. */
const defaultCharsPerToken = 4;
/** A model's tokenizer does not change, so that a new figure moves the estimate only a fifth of the way. */
const newFigureWeight = 0.2;
/** No tokenizer is outside this for real text; a host that counts strangely must not spoil the window. */
const bounds = { least: 1.5, most: 6 };

const ratios = () => processGlobal<Map<string, number>>("gateway-chars-per-token", () => new Map());

/** How many tokens a text takes for a model, by what its calls took so far (4 characters a token before the first). */
export function estimateTokens(text: string, modelId: string): number {
  return estimateTokensOfChars(weighedChars(text), modelId);
}

/** The same for a count of characters that `weighedChars` made. */
export function estimateTokensOfChars(chars: number, modelId: string): number {
  return Math.ceil(chars / (ratios().get(modelId) ?? defaultCharsPerToken));
}

/**
 * A text's length, in which a character of the scripts that tokenizers do not join (Chinese, Japanese, Korean, emoji)
 * weighs as much as a whole token of English.
 */
export function weighedChars(text: string): number {
  let wide = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x2e80) wide++;
  return text.length + wide * (defaultCharsPerToken - 1);
}

/** Learns from what a host counted for so many characters: an exponentially weighted average (EWMA) for each model. */
export function learnTokens(modelId: string, chars: number, tokens: number): void {
  const known = ratios().get(modelId) ?? defaultCharsPerToken;
  const seen = Math.min(bounds.most, Math.max(bounds.least, chars / tokens));
  ratios().set(modelId, known + newFigureWeight * (seen - known));
}
