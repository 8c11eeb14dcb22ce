import type { LanguageModelV4Prompt } from "@ai-sdk/provider";

/** Whether somebody shows a model images, be it in an earlier turn: it reads the whole prompt. */
export function hasImages(prompt: LanguageModelV4Prompt): boolean {
  return prompt.some(
    ({ role, content }) => role === "user" && content.some((part) => part.type === "file" && part.mediaType.startsWith("image")),
  );
}
