import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";

/**
 * The question of a call that consists of nothing else: one message of the user's, of text, with instructions at most, and
 * no tools. `rest` is the call without it. Null for all others, where what a text means hangs on more than the text.
 */
export function singleQuestion(options: LanguageModelV4CallOptions): { question: string; rest: LanguageModelV4CallOptions } | null {
  const said = options.prompt.filter(({ role }) => role !== "system");
  const [only] = said;
  if (said.length !== 1 || only?.role !== "user" || options.tools?.length) return null;
  const texts = only.content.flatMap((part) => (part.type === "text" ? [part.text] : []));
  const question = texts.join("\n").trim();
  if (texts.length !== only.content.length || question === "") return null;
  const { providerOptions } = only;
  const rest = options.prompt.map((message) => (message === only ? { role: "user" as const, content: [], providerOptions } : message));
  return { question, rest: { ...options, prompt: rest } };
}
