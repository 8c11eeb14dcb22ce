import { sql } from "drizzle-orm";
import { database } from "@/db/database";
import { log } from "@/lib/core/log";
import { type Forgotten, forgetAnswers } from "./memory-cache";
import { forgetQuestions } from "./question-index";

const channel = "hearth_cache";
/** Postgres takes 8,000 bytes in one NOTIFY, and a key is 64. */
const keysAtOnce = 100;

/** Tells every other process on the database which answers to forget. One that is lost costs time: answers grow old by themselves. */
export async function announceForgotten(forgotten: Forgotten): Promise<void> {
  if (database().kind === "embedded") return;
  const { keys } = forgotten;
  const batches = keys
    ? Array.from({ length: Math.ceil(keys.length / keysAtOnce) }, (_, at) => keys.slice(at * keysAtOnce, (at + 1) * keysAtOnce))
    : [undefined];
  try {
    for (const batch of batches)
      await database().db.execute(sql`select pg_notify(${channel}, ${JSON.stringify({ ...forgotten, keys: batch })})`);
  } catch (error) {
    log().warn({ err: error }, "other processes could not be told which kept answers to forget; they forget them with time");
  }
}

/** Starts to hear the other processes. A database of our own has none. @returns the function that stops it */
export async function hearForgotten(): Promise<() => Promise<void>> {
  if (database().kind === "embedded") return async () => undefined;
  return database().listen(channel, (payload) => {
    const forgotten = JSON.parse(payload) as Forgotten;
    forgetAnswers(forgotten);
    if (!forgotten.keys) forgetQuestions();
  });
}
