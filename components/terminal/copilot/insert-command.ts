import { mountedTerminals } from "../mounted-terminals";
import type { TerminalActions } from "../terminal-types";
import { prepareCommand } from "./prepare-command";

/**
 * Puts a proposed command at a terminal's prompt, and the focus there; whoever reads it presses Enter.
 * @returns why it could not be put there, null when it was
 */
export async function insertCommand(shellId: string | null, code: string, { lastCommand }: TerminalActions): Promise<string | null> {
  const mounted = mountedTerminals.get(shellId ?? "");
  if (!shellId || !mounted) return "There is no terminal to insert it into. Open one.";
  const { terminal } = mounted;
  if (terminal.buffer.active.type === "alternate") return "A full-screen program runs in this terminal. Leave it, then insert.";
  const last = await lastCommand({ id: shellId }).catch(() => null);
  if (!last?.ok) return "Hearth cannot be reached. Check the connection and try again.";
  if (last.value?.isRunning) return `“${last.value.text}” runs in this terminal. Wait for it or end it, then insert.`;
  const prepared = prepareCommand(code, { takesPastes: terminal.modes.bracketedPasteMode });
  if ("refusal" in prepared) return prepared.refusal;
  terminal.paste(prepared.text);
  terminal.focus();
  return null;
}
