import { ownKey } from "@/components/chat/own-keys";

const mostLines = 500;

/** What this browser keeps of a person's console: what was written, newest first, and the model chosen. */
export function consoleMemory(userId: string) {
  const read = <T>(name: string, fallback: T): T => {
    try {
      return JSON.parse(localStorage.getItem(ownKey(userId, name)) ?? "null") ?? fallback;
    } catch {
      return fallback;
    }
  };
  const keep = (name: string, value: unknown) => {
    try {
      localStorage.setItem(ownKey(userId, name), JSON.stringify(value ?? null));
    } catch {
      // Storage is forbidden or full: then nothing is kept.
    }
  };
  const lines = (name: "console-history" | "console-chat-history") => ({
    read: () => read<string[]>(name, []),
    add(line: string) {
      const before = read<string[]>(name, []);
      if (line.trim() !== "" && line !== before[0]) keep(name, [line, ...before].slice(0, mostLines));
    },
  });
  return {
    commands: lines("console-history"),
    chat: lines("console-chat-history"),
    model: {
      get: () => read<string | null>("console-model", null) ?? undefined,
      set: (id: string | undefined) => keep("console-model", id),
    },
  };
}

export type ConsoleMemory = ReturnType<typeof consoleMemory>;
