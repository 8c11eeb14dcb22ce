import { splitModelId } from "../upstream";

const otherProtocols = new Set(["ollama", "anthropic", "google", "local"]);

/** Whether the hosts of a model speak OpenAI's protocol, in which a reply may be asked for as a whole. */
export function speaksOpenai(modelId: string): boolean {
  return !otherProtocols.has(splitModelId(modelId).prefix);
}
