export type Attached = { name?: string; text: string };

/**
 * One message of a question and texts: the question first, then each text in a fence, under its name if it has one.
 * A text without a question is the message itself.
 */
export function composeMessage(question: string, attached: Attached[]): string {
  const given = attached.map(({ name, text }) => ({ name, text: sendable(text) })).filter(({ text }) => text.trim() !== "");
  const [only] = given;
  if (question.trim() === "" && given.length === 1 && only && !only.name) return only.text;
  return [question.trim(), ...given.map(fenced)].filter(Boolean).join("\n\n");
}

/** A fence longer than any in the text, so that the text cannot end it. */
function fenced({ name, text }: Attached): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${name ? `${name}:\n` : ""}${fence}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** Escape sequences of terminals: control sequences, operating system commands, and those of two characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const sequences = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-Z\\^_]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Without colours and other control characters, which the API refuses and a model has no use for. */
function sendable(text: string): string {
  return text.replaceAll(sequences, "").replaceAll(controls, "").toWellFormed();
}
