import { gatewaySettings } from "./gateway-settings";
import { splitModelId } from "./upstream";

/** What a model is trusted with when its host does not tell its context: every chat model of today has that much. */
const unknownContextTokens = 8_192;

/**
 * How many tokens of a model's context a call may use, prompt and reply together.
 * Ollama's is capped by a setting: its memory grows with it, and a change reloads the model, so that
 * there is one value for each model.
 */
export function contextTokensOf(modelId: string, contextLength: number | null): number {
  const known = contextLength ?? unknownContextTokens;
  return splitModelId(modelId).prefix === "ollama" ? Math.min(known, gatewaySettings().ollamaContextTokens) : known;
}
