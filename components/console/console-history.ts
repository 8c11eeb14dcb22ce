import { ownKey } from "@/components/chat/own-keys";
import type { History } from "./console-io";

const most = 200;

/** The lines that a person wrote, oldest first, kept in this browser until they sign out. */
export function consoleHistory(userId: string): History {
  const key = ownKey(userId, "console-history");
  let lines = stored(key);
  return {
    read: () => lines,
    add(line) {
      if (lines.at(-1) === line) return;
      lines = [...lines, line].slice(-most);
      try {
        localStorage.setItem(key, JSON.stringify(lines));
      } catch {
        // Storage is forbidden or full: then they are kept as long as the page is.
      }
    },
  };
}

function stored(key: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((line) => typeof line === "string") : [];
  } catch {
    return [];
  }
}
