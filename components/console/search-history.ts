import type { Line } from "./edit-line";

/** A search through lines that were written before: what is looked for, where it was found, and the line it began with. */
export type Search = { query: string; place: number; before: Line };

/** A search that has found nothing yet. */
export const beginSearch = (before: Line): Search => ({ query: "", place: -1, before });

/** The search for other words: from where it stands when they go on from those before, else from the newest line. */
export function searchFor(lines: string[], search: Search, query: string): Search {
  const from = query.startsWith(search.query) ? Math.max(0, search.place) : 0;
  return { ...search, query, place: query === "" ? -1 : placeOf(lines, query, from) };
}

/** The same words in an older line that reads otherwise; where there is none, the search as it is. */
export function searchOlder(lines: string[], search: Search): Search {
  const shown = lines[search.place];
  const next = lines.findIndex((line, at) => at > search.place && line !== shown && line.includes(search.query));
  return search.query === "" || next < 0 ? search : { ...search, place: next };
}

/** The line that is shown: what was found, with the cursor at the words, else what was written before. */
export function lineOf(lines: string[], { query, place, before }: Search): Line {
  const text = lines[place];
  return text === undefined ? before : { ...before, text, at: text.indexOf(query) };
}

const placeOf = (lines: string[], query: string, from: number) => lines.findIndex((line, at) => at >= from && line.includes(query));
