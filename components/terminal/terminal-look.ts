import { terminalTheme } from "./terminal-theme";

export type TerminalLook = { fontSizePx: number; screenReader: boolean; isDark: boolean };

/** A look as xterm's options. */
export function lookOptions({ fontSizePx, screenReader, isDark }: TerminalLook) {
  return { fontSize: fontSizePx, screenReaderMode: screenReader, theme: terminalTheme(isDark) };
}
