import type { ITheme } from "@xterm/xterm";

const dark: ITheme = {
  ...{ black: "#34312e", red: "#f28b82", green: "#74c798", yellow: "#e9b45f", blue: "#8ab4f0", magenta: "#d7a3e0", cyan: "#78cdd1" },
  ...{ white: "#d6d3ce", brightBlack: "#8d867d", brightRed: "#f6a29b", brightGreen: "#94dab2", brightYellow: "#f3cb8a" },
  ...{ brightBlue: "#aecbf7", brightMagenta: "#e6c0ec", brightCyan: "#a0e0e3", brightWhite: "#ffffff" },
};

const light: ITheme = {
  ...{ black: "#1d1b19", red: "#b3261e", green: "#1c7145", yellow: "#8a5300", blue: "#1d5fae", magenta: "#8b3a9c", cyan: "#0f6c74" },
  ...{ white: "#67625b", brightBlack: "#67625b", brightRed: "#98201a", brightGreen: "#145c37", brightYellow: "#6f4300" },
  ...{ brightBlue: "#164d8f", brightMagenta: "#722c81", brightCyan: "#0b585f", brightWhite: "#1d1b19" },
};

/** A terminal's colours: the ground and text of where it is, and sixteen that can be read on them. */
export function terminalTheme(isDark: boolean, host: Element): ITheme {
  const page = getComputedStyle(host);
  const token = (name: string) => page.getPropertyValue(name).trim();
  return {
    ...(isDark ? dark : light),
    background: token("--background"),
    foreground: token("--foreground"),
    cursor: token("--ring"),
    cursorAccent: token("--background"),
    selectionBackground: isDark ? "#5a4538" : "#f3cdb8",
  };
}
