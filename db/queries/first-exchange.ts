import type { PgInsertValue } from "drizzle-orm/pg-core";
import type { Db } from "../database";
import { conversations, messages, runs } from "../schema/chat";
import type { NewMessage } from "./messages";

type FirstExchange = { conversation: PgInsertValue<typeof conversations>; messages: NewMessage[]; run: PgInsertValue<typeof runs> };

const uniqueViolation = "23505";

/**
 * Stores a new conversation with its first messages and its run, all or nothing, in one statement:
 * a new chat's first token waits for this and little else.
 * @returns false when one of the ids is taken, and then nothing is stored
 */
export async function saveFirstExchange(db: Db, exchange: FirstExchange): Promise<boolean> {
  const conversation = db
    .$with("conversation")
    .as(db.insert(conversations).values(exchange.conversation).returning({ id: conversations.id }));
  const said = db.$with("said").as(db.insert(messages).values(exchange.messages).returning({ id: messages.id }));
  const run = db.$with("run").as(db.insert(runs).values(exchange.run).returning({ id: runs.id }));
  try {
    const stored = await db.with(conversation, said, run).select({ id: run.id }).from(run);
    return stored.length === 1;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

/** By its code alone: the database was opened by another instance of these modules, so `instanceof` knows no class of theirs. */
function isTaken(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === uniqueViolation;
}
