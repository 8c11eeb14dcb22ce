import { z } from "zod";
import cues from "./cues.json" with { type: "json" };
import { shapesOf } from "./request-shapes";

/** The kinds that words can tell; the others are told by a request's form. */
export const wordKind = z.enum(["code", "small-talk", "reasoning", "structured", "tools", "general"]);
export type WordKind = z.output<typeof wordKind>;

/** `isSure` when the words speak for the kind, and it is not just what is left. */
export type Classified = { kind: WordKind; score: number; isSure: boolean };

type Cue = { kind: WordKind; weight: number };

const weights = z.partialRecord(wordKind, z.number());
const file = z.object({
  least: z.number(),
  words: z.record(wordKind, z.array(z.object({ weight: z.number(), words: z.string() }))),
  shapes: z.record(z.string(), weights),
});

/** What is read of a long text: its beginning and its end, where people say what they want. */
const readChars = { first: 1_500, last: 500 };
const shortestStem = 4;
const longestStem = 16;
const longestPhrase = 4;

const known = read();

/**
 * What a text asks for, by its words and its shape: a linear score for each kind over the cues in `cues.json`, the highest
 * wins. Takes well under a millisecond, however long the text is.
 */
export function classify(text: string): Classified {
  const seen = text.length > readChars.first + readChars.last ? `${text.slice(0, readChars.first)}\n${text.slice(-readChars.last)}` : text;
  const scores = new Map<WordKind, number>();
  const add = (kind: WordKind, weight: number) => scores.set(kind, (scores.get(kind) ?? 0) + weight);
  for (const cue of cuesIn(wordsOf(seen))) add(cue.kind, cue.weight);
  for (const shape of shapesOf(seen)) for (const [kind, weight] of known.shapes[shape] ?? []) add(kind, weight);
  const [best] = [...scores].toSorted(([, a], [, b]) => b - a);
  if (!best || best[1] < known.least) return { kind: "general", score: best?.[1] ?? 0, isSure: false };
  return { kind: best[0], score: best[1], isSure: true };
}

function wordsOf(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+(?:[+#]+|\.js\b)?/gu) ?? [];
}

/** Every cue that the words hold, each once. */
function cuesIn(words: string[]): Set<Cue> {
  const found = new Set<Cue>();
  for (let at = 0; at < words.length; at += 1) {
    let phrase = "";
    for (let length = 1; length <= longestPhrase && at + length <= words.length; length += 1) {
      phrase = length === 1 ? (words[at] ?? "") : `${phrase} ${words[at + length - 1]}`;
      for (const cue of known.phrases.get(phrase) ?? []) found.add(cue);
    }
    const word = words[at] ?? "";
    for (let end = shortestStem; end <= Math.min(word.length, longestStem); end += 1)
      for (const cue of known.stems.get(word.slice(0, end)) ?? []) found.add(cue);
  }
  return found;
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function read() {
  const { least, words, shapes } = file.parse(cues);
  const phrases = new Map<string, Cue[]>();
  const stems = new Map<string, Cue[]>();
  for (const [kind, groups] of Object.entries(words) as [WordKind, (typeof words)[WordKind]][]) {
    for (const { weight, words: list } of groups) {
      for (const entry of new Set(list.split(" "))) {
        const isStem = entry.endsWith("*");
        const text = plain(isStem ? entry.slice(0, -1) : entry.replaceAll("_", " "));
        const into = isStem ? stems : phrases;
        into.set(text, [...(into.get(text) ?? []), { kind, weight }]);
      }
    }
  }
  const byShape = Object.fromEntries(Object.entries(shapes).map(([name, of]) => [name, Object.entries(of) as [WordKind, number][]]));
  return { least, phrases, stems, shapes: byShape };
}
