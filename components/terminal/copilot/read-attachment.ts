import { mountedTerminals } from "../mounted-terminals";
import type { TerminalActions } from "../terminal-types";
import type { Attachment } from "./compose-question";

/** What is sent of a long selection: of its beginning, and of its end. */
const halfChars = 6_000;

/** What would go with a question about a terminal now: what is selected, else the last command with its output. Null when there is neither. */
export async function readAttachment(shellId: string, { lastCommand }: Pick<TerminalActions, "lastCommand">): Promise<Attachment | null> {
  const selected = mountedTerminals.get(shellId)?.terminal.getSelection().trimEnd();
  if (selected) return { kind: "selection", text: shortened(selected) };
  const result = await lastCommand({ id: shellId });
  return result.ok && result.value ? { kind: "command", ...result.value } : null;
}

function shortened(text: string): string {
  return text.length <= 2 * halfChars ? text : `${text.slice(0, halfChars)}\n[…]\n${text.slice(-halfChars)}`;
}
