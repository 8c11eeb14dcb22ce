/** What a line in `hearth chat` means. */
export type ChatLine =
  | { kind: "message"; text: string }
  | { kind: "model"; model: string | undefined }
  | { kind: "say"; text: string }
  | { kind: "new" | "leave" | "nothing" };

export const chatWords = "/new begins another chat, /model <id> changes the model, /exit or Ctrl-D leaves, Ctrl-C stops a reply.";

/** Lines that begin with a slash and a word are for the chat, all others for the model; two slashes send one. */
export function readChatLine(line: string): ChatLine {
  const text = line.trim();
  if (text === "") return { kind: "nothing" };
  if (text.startsWith("//")) return { kind: "message", text: text.slice(1) };
  const [, word, rest] = /^\/([a-z]+)(?:\s+(.*))?$/.exec(text) ?? [];
  if (!word) return { kind: "message", text };
  if (word === "new") return { kind: "new" };
  if (word === "exit" || word === "quit") return { kind: "leave" };
  if (word === "model") return { kind: "model", model: rest };
  return { kind: "say", text: word === "help" ? chatWords : `There is no /${word}. ${chatWords}` };
}
