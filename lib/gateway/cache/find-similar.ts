import { log } from "@/lib/core/log";
import type { KeptAnswer } from "./cached-call";
import type { EmbeddedQuestion } from "./embed-question";
import { findAnswer } from "./find-answer";
import { type KnownQuestion, knownQuestions } from "./question-index";
import { flushCache } from "./stored-answers";

/** The kept answer to the question most like this one, and that question; null when none is like enough, by the cosine of their vectors. */
export async function findSimilar(
  scope: string,
  { contextHash, vector, atLeast }: EmbeddedQuestion,
): Promise<{ kept: KeptAnswer; similarTo: string } | null> {
  try {
    // Questions are looked for in the database, where one of a moment ago may not be yet.
    await flushCache();
    const known = await knownQuestions({ scope, contextHash });
    const alike = known
      .map((found) => ({ ...found, likeness: dot(found, vector) }))
      .filter(({ likeness }) => likeness >= atLeast)
      .toSorted((a, b) => b.likeness - a.likeness);
    for (const { key, question } of alike) {
      // It may have grown too old since its question was read.
      const kept = await findAnswer({ key, scope });
      if (kept) return { kept, similarTo: question };
    }
  } catch (error) {
    log().warn({ err: error }, "similar questions could not be looked for");
  }
  return null;
}

/** Of vectors of length 1 this is their cosine. Those of different models' lengths have nothing in common. */
function dot({ vector: a }: KnownQuestion, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
