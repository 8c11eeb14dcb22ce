import type { Token, Tokens } from "marked";
import { BoundedLexer } from "@/components/markdown/bounded-lexer";

const shells = new Set(["sh", "bash", "zsh", "fish", "shell", "shellscript", "console", "terminal"]);

/** Whether a block of code is for a shell, by the language it is marked with. */
export const isForShell = (language: string | undefined) => shells.has(language?.trim().split(/\s/)[0]?.toLowerCase() ?? "");

/** The last command that an answer proposes; null when it proposes none. */
export function lastProposal(answer: string): string | null {
  return blocksOf(new BoundedLexer().lex(answer)).at(-1) ?? null;
}

function blocksOf(tokens: Token[]): string[] {
  return tokens.flatMap((token) => {
    if (token.type === "code") return isForShell(token.lang) ? [token.text as string] : [];
    if (token.type === "list") return (token as Tokens.List).items.flatMap((item) => blocksOf(item.tokens));
    return token.type === "blockquote" ? blocksOf(token.tokens ?? []) : [];
  });
}
