import { terminalTheme } from "./terminal-theme";

export type TerminalLook = { fontSizePx: number; screenReader: boolean; isDark: boolean };

/** A look as xterm's options, for a terminal in that element. */
export function lookOptions({ fontSizePx, screenReader, isDark }: TerminalLook, host: Element) {
  return { fontSize: fontSizePx, screenReaderMode: screenReader, theme: terminalTheme(isDark, host) };
}
