import { ownKey } from "@/components/chat/own-keys";

/** What this browser remembers of a person's terminals. */
export type TerminalPreferences = {
  fontSizePx: number;
  /** `page` is as light or dark as Hearth is. */
  theme: TerminalTheme;
  /** Has what is written as text in the page, for screen readers. Costs speed. */
  screenReader: boolean;
  /** The shells shown beside each other, left first. */
  panes: string[];
};

export type TerminalTheme = (typeof terminalThemes)[number];
export const terminalThemes = ["page", "light", "dark"] as const;

const defaults: TerminalPreferences = { fontSizePx: 13, theme: "page", screenReader: false, panes: [] };
export const fontSizesPx = [11, 12, 13, 14, 16, 18, 20];

/** Reads them; what is missing or cannot be read is as at first. */
export function readPreferences(userId: string): TerminalPreferences {
  try {
    return { ...defaults, ...JSON.parse(localStorage.getItem(ownKey(userId, "terminal")) ?? "{}") };
  } catch {
    return defaults;
  }
}

/** Remembers some of them. */
export function savePreferences(userId: string, changed: Partial<TerminalPreferences>): void {
  try {
    localStorage.setItem(ownKey(userId, "terminal"), JSON.stringify({ ...readPreferences(userId), ...changed }));
  } catch {
    // Storage is forbidden: then it is as at first with each visit.
  }
}

/** Whether terminals are dark on a page that is. */
export function isDarkTerminal(theme: TerminalTheme, isPageDark: boolean): boolean {
  return theme === "page" ? isPageDark : theme === "dark";
}
