import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { type LanguageName, languageOf, languages } from "./languages";

/** A line of code in pieces of one colour. */
export type CodeLine = { text: string; color?: string }[];

const theme = createCssVariablesTheme({ name: "hearth", variablePrefix: "--code-", fontStyle: false });

/** Milliseconds for one line. The usual half second passes on a busy machine, and the rest of the line would stay without colour. */
const tokenizeTimeLimit = 3_000;

let started: Promise<HighlighterCore> | undefined;
const loaded = new Map<LanguageName, Promise<void>>();

/** Colours code, by CSS variables that both themes define. @returns null for a language that is not known */
export async function highlight(code: string, language: string): Promise<CodeLine[] | null> {
  const name = languageOf(language);
  if (!name) return null;
  // The regular expression engine in JavaScript needs no WebAssembly, which the content security policy forbids.
  started ??= createHighlighterCore({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) });
  const highlighter = await started;
  const ready = loaded.get(name) ?? highlighter.loadLanguage(languages[name]);
  loaded.set(name, ready);
  await ready;
  const { tokens } = highlighter.codeToTokens(code, { lang: name, theme: "hearth", tokenizeTimeLimit });
  return tokens.map((line) => line.map(({ content, color }) => ({ text: content, color })));
}
