import type { LanguageModelV4Message, LanguageModelV4Prompt, LanguageModelV4ToolResultPart, SharedV4Warning } from "@ai-sdk/provider";
import type { ChatTurn } from "./protocol";

type Part = Exclude<LanguageModelV4Message["content"], string>[number];

/**
 * A prompt as plain turns. Tool results, which another model asked for, become text of the person's turn;
 * reasoning is left out, as chat templates want it. Files other than text cannot be read, and a warning says so.
 */
export function toTurns(prompt: LanguageModelV4Prompt): { turns: ChatTurn[]; warnings: SharedV4Warning[] } {
  const warnings: SharedV4Warning[] = [];
  const turns: ChatTurn[] = [];
  for (const { role, content } of prompt) {
    const text =
      typeof content === "string"
        ? content
        : content
            .map((part) => textOf(part, warnings))
            .filter(Boolean)
            .join("\n\n");
    const as = role === "tool" ? "user" : role;
    const last = turns.at(-1);
    // Templates expect the roles to alternate, and a tool result follows the person's turn or another result.
    if (last?.role === as && as === "user") last.text = `${last.text}\n\n${text}`;
    else turns.push({ role: as, text });
  }
  return { turns, warnings };
}

function textOf(part: Part, warnings: SharedV4Warning[]): string {
  if (part.type === "text") return part.text;
  if (part.type === "tool-result") return `Result of ${part.toolName}: ${resultText(part.output)}`;
  if (part.type !== "file") return "";
  if (part.data.type === "text") return part.data.text;
  warnings.push({
    type: "unsupported",
    feature: `files of type ${part.mediaType}`,
    details: "The embedded model reads text only, so the file was left out.",
  });
  return "";
}

function resultText(output: LanguageModelV4ToolResultPart["output"]): string {
  if (output.type === "text" || output.type === "error-text") return output.value;
  if (output.type === "execution-denied") return output.reason ?? "It was not allowed.";
  return JSON.stringify(output.value);
}
