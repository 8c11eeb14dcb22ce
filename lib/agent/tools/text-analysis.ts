import { z } from "zod";
import { defineTool } from "./tool";

const wordsPerMinute = 238;

const segments = (text: string, granularity: "grapheme" | "word" | "sentence") => [
  ...new Intl.Segmenter("en", { granularity }).segment(text),
];

/** Syllables of an English word, by vowel groups with the silent endings left out. */
function syllablesOf(word: string): number {
  const silentEnd = word
    .toLowerCase()
    .replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, "")
    .replace(/^y/, "");
  return Math.max(1, silentEnd.match(/[aeiouy]{1,2}/g)?.length ?? 0);
}

/**
 * Counts and readability of a text.
 * Readability is the Flesch reading ease and the Flesch-Kincaid grade (Kincaid et al., 1975), meant for English;
 * reading time assumes 238 words a minute (Brysbaert, 2019).
 */
export function analyseText(text: string) {
  const words = segments(text, "word").flatMap(({ isWordLike, segment }) => (isWordLike ? [segment] : []));
  const sentences = segments(text, "sentence").filter(({ segment }) => segment.trim() !== "").length;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  const wordsPerSentence = words.length / Math.max(1, sentences);
  const syllablesPerWord = syllables / Math.max(1, words.length);
  const frequency = new Map<string, number>();
  for (const word of words.map((found) => found.toLowerCase()).filter((found) => found.length > 3))
    frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return {
    characters: segments(text, "grapheme").length,
    charactersWithoutSpaces: segments(text.replaceAll(/\s/g, ""), "grapheme").length,
    words: words.length,
    uniqueWords: new Set(words.map((word) => word.toLowerCase())).size,
    sentences,
    paragraphs: text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "").length,
    lines: text === "" ? 0 : text.split(/\r?\n/).length,
    averageWordsPerSentence: round(wordsPerSentence),
    readingTimeMinutes: round(words.length / wordsPerMinute),
    readability:
      words.length === 0
        ? null
        : {
            fleschReadingEase: round(206.835 - 1.015 * wordsPerSentence - 84.6 * syllablesPerWord),
            fleschKincaidGrade: round(0.39 * wordsPerSentence + 11.8 * syllablesPerWord - 15.59),
          },
    mostUsedWords: [...frequency]
      .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
      .slice(0, 5)
      .map(([word, count]) => ({ word, count })),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;

export const textAnalysis = defineTool({
  name: "text_analysis",
  description:
    "Counts the characters, words, sentences and paragraphs of a text and measures its readability. Use it instead of counting yourself.",
  input: z.object({ text: z.string().max(100_000).describe("The text to analyse, verbatim") }),
  timeoutMs: 5_000,
  risk: "read",
  maxOutputChars: 4_000,
  run: ({ text }) => analyseText(text),
});
