import type { LanguageModelV4Prompt } from "@ai-sdk/provider";

/**
 * A prompt as Google takes it. Its instructions stand before the conversation alone: later ones become turns of the user's,
 * where they keep their place.
 */
export function googlePrompt(prompt: LanguageModelV4Prompt): LanguageModelV4Prompt {
  const begin = prompt.findIndex(({ role }) => role !== "system");
  return prompt.map((message, index) =>
    message.role === "system" && begin >= 0 && index > begin
      ? { role: "user", content: [{ type: "text", text: message.content }] }
      : message,
  );
}
