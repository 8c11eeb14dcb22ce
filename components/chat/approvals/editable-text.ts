import { asJson } from "../describe-tool";

type Input = Record<string, unknown>;

/** The only field of an input, when it is a text: that is edited as it is, and anything else as JSON. */
function loneText(input: Input): string | undefined {
  const [only, ...others] = Object.entries(input);
  return only && others.length === 0 && typeof only[1] === "string" ? only[0] : undefined;
}

/** A tool's input as the reader sees and edits it. */
export function editableText(input: Input): string {
  const field = loneText(input);
  return field === undefined ? asJson(input) : String(input[field]);
}

/** What an edited text means; null when it is no input. */
export function readEdited(text: string, before: Input): Input | null {
  const field = loneText(before);
  if (field !== undefined) return { [field]: text };
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Input) : null;
  } catch {
    return null;
  }
}
