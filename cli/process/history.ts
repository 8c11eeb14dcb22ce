import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { historyPath } from "./folders.ts";

/** What was written in chats before, newest first; empty where there is none or it cannot be read. */
export function readHistory(): string[] {
  try {
    return readFileSync(historyPath(), "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}

/** Keeps what was written, for the owner's eyes. A chat goes on where that cannot be done. */
export function keepHistory(lines: string[]): void {
  try {
    mkdirSync(path.dirname(historyPath()), { recursive: true, mode: 0o700 });
    writeFileSync(historyPath(), `${lines.join("\n")}\n`, { mode: 0o600 });
  } catch {
    // A read-only home is no reason not to chat.
  }
}
