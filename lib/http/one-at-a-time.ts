import { processGlobal } from "@/lib/core/process-global";

const latest = () => processGlobal<Map<string, Promise<unknown>>>("one-at-a-time", () => new Map());

/** Does what is asked for under one key in the order in which it was asked, each when the one before is over, failed or not. */
export async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = latest().get(key) ?? Promise.resolve();
  const turn = before.then(work, work);
  latest().set(key, turn);
  try {
    return await turn;
  } finally {
    if (latest().get(key) === turn) latest().delete(key);
  }
}
