export type Word = { text: string; start: number; end: number; isQuoted: boolean };

const oneWord = /(--[\w-]+=)?(?:"((?:[^"\\]|\\["\\])*)"|'([^']*)')(?=\s|$)|\S+/g;

/**
 * The words of a line with where they stand. Quotes hold words together when they begin one and are closed; any other is a
 * character as in `what's`, so that a question can be written as it is.
 */
export function splitWords(line: string): Word[] {
  return [...line.matchAll(oneWord)].map((match) => {
    const [all, option = "", double, single] = match;
    const quoted = double?.replaceAll(/\\(["\\])/g, "$1") ?? single;
    return {
      text: quoted === undefined ? all : option + quoted,
      start: match.index,
      end: match.index + all.length,
      isQuoted: quoted !== undefined && !option,
    };
  });
}
