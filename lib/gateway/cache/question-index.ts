import { LRUCache } from "lru-cache";
import { db } from "@/db/database";
import { listQuestions } from "@/db/queries/cache-entries";
import { processGlobal } from "@/lib/core/process-global";

/** Only the newest are looked through. */
const mostQuestions = 500;
/** A row may show only a little later than it says that it was made. */
const overlapMs = 5_000;
/** Numbers held in memory at once, of four bytes each. */
const mostNumbers = 4_000_000;

/** A question whose answer is kept. The vector has length 1. */
export type KnownQuestion = { key: string; question: string; vector: Float32Array };

type Known = { questions: Map<string, KnownQuestion>; newest: Date | null };
const index = () =>
  processGlobal(
    "cache-questions",
    () =>
      new LRUCache<string, Known>({
        maxSize: mostNumbers,
        sizeCalculation: ({ questions }) => 1 + questions.size * (questions.values().next().value?.vector.length ?? 1),
      }),
  );

/**
 * The questions that differ in nothing but themselves, newest first. Their vectors stay in memory, and each look reads those
 * that came since, from whichever process: hundreds of vectors are slow to read and quick to compare.
 */
export async function knownQuestions(by: { scope: string; contextHash: string }): Promise<KnownQuestion[]> {
  const place = `${by.scope} ${by.contextHash}`;
  const known: Known = index().get(place) ?? { questions: new Map(), newest: null };
  const since = known.newest && new Date(known.newest.getTime() - overlapMs);
  const rows = await listQuestions(db(), { ...by, since, limit: mostQuestions });
  const fresh = rows.map(({ key, question, embedding }) => ({ key, question: question ?? "", vector: Float32Array.from(embedding ?? []) }));
  const all = new Map<string, KnownQuestion>(fresh.map((found) => [found.key, found]));
  for (const [key, found] of known.questions) if (all.size < mostQuestions && !all.has(key)) all.set(key, found);
  index().set(place, { questions: all, newest: rows[0]?.createdAt ?? known.newest });
  return [...all.values()];
}

/** Forgets the questions held in memory. */
export function forgetQuestions(): void {
  index().clear();
}
