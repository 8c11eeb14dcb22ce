/** What of a terminal goes with a question. */
export type Attachment =
  | { kind: "selection"; text: string }
  | { kind: "command"; text: string; output: string; exitStatus: number | null; isRunning: boolean };

/** What it is, in a few words, for whoever is about to send it. */
export function describeAttachment(attachment: Attachment): string {
  if (attachment.kind === "selection") return `selection, ${linesOf(attachment.text)}`;
  const { text, output, exitStatus, isRunning } = attachment;
  const how = isRunning ? ", still running" : exitStatus === null ? "" : `, exit ${exitStatus}`;
  const command = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return `output of ${command || "a command"}${how}, ${linesOf(output)}`;
}

/** Exactly what is sent of it. */
export function attachedText(attachment: Attachment): string {
  if (attachment.kind === "selection") return attachment.text;
  const { text, output, exitStatus, isRunning } = attachment;
  const how = isRunning ? "(still running)" : `(exit status ${exitStatus ?? "unknown"})`;
  return `$ ${text}\n${output}\n${how}`;
}

/** The message that the model gets. */
export function composeQuestion(question: string, attachment: Attachment | null): string {
  if (!attachment) return question;
  const text = attachedText(attachment);
  // A fence longer than any within: what a program wrote cannot end the quotation.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const what = attachment.kind === "selection" ? "Selected in my terminal" : "The last command in my terminal";
  return `${question}\n\n${what}:\n${fence}text\n${text}\n${fence}`;
}

function linesOf(text: string): string {
  const count = text === "" ? 0 : text.split("\n").length;
  return count === 1 ? "1 line" : `${count} lines`;
}
