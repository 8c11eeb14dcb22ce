import { use } from "react";
import type { CodeLine } from "./highlight";

/** Longest code that is worth colouring, in characters. */
const maxChars = 60_000;
const maxCached = 300;
const cache = new Map<string, Promise<CodeLine[] | null>>();

/** Code in colours; plain when the language is not known. Suspends until the highlighter is there. */
export function HighlightedCode({ code, language }: { code: string; language: string }) {
  const lines = use(highlighted(code, language));
  if (!lines) return code;
  return lines.map((line, index) => (
    <span key={`line-${index.toString()}`}>
      {index > 0 && "\n"}
      {line.map((piece, column) => (
        <span key={`piece-${column.toString()}`} style={{ color: piece.color }}>
          {piece.text}
        </span>
      ))}
    </span>
  ));
}

/** One promise per piece of code, as `use` needs, with the oldest forgotten. */
function highlighted(code: string, language: string): Promise<CodeLine[] | null> {
  const key = `${language}\n${code}`;
  const known = cache.get(key);
  if (known) return known;
  const made = code.length > maxChars ? Promise.resolve(null) : load(code, language);
  cache.set(key, made);
  const oldest = cache.keys().next().value;
  if (cache.size > maxCached && oldest !== undefined) cache.delete(oldest);
  return made;
}

/** Shiki is loaded with the first piece of code; when that fails the code stays plain. */
async function load(code: string, language: string): Promise<CodeLine[] | null> {
  try {
    const { highlight } = await import("./highlight");
    return await highlight(code, language);
  } catch {
    return null;
  }
}
