import type { ChatOptionsInput } from "@/lib/chat/shapes";

/** All parameters left to the model. */
export const unsetParameters = { system: undefined, temperature: undefined, topP: undefined, maxTokens: undefined };

/** How many parameters differ from the model's own. */
export function countChanged(values: ChatOptionsInput): number {
  return Object.keys(unsetParameters).filter((name) => values[name as keyof typeof unsetParameters] !== undefined).length;
}
