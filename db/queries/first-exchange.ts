import { sql } from "drizzle-orm";
import type { Db } from "../database";
import { conversations, messages, runs } from "../schema/chat";
import type { ChatOptions, MessageParts, RunOptions } from "../schema/json";

/** A new conversation, the user's message, the empty reply and the run that writes it. */
export type FirstExchange = {
  conversationId: string;
  ownerId: string;
  /** A shortened form of the message. */
  title: string;
  model: string | null;
  /** The conversation's options, the model apart. */
  options: ChatOptions;
  messageId: string;
  parts: MessageParts;
  text: string;
  replyId: string;
  runId: string;
  runOptions: RunOptions;
  instanceId: string;
};

const uniqueViolation = "23505";

/** By database: putting a statement together takes Drizzle a good part of the time that it takes the database to run it. */
const statements = new WeakMap<Db, ReturnType<typeof prepare>>();

/**
 * Stores a new conversation with its first exchange and its run, as running, all or nothing, in one statement:
 * a new chat's first token waits for this and little else.
 * @returns false when one of the ids is taken, and then nothing is stored
 */
export async function saveFirstExchange(db: Db, exchange: FirstExchange): Promise<boolean> {
  const statement = statements.get(db) ?? prepare(db);
  statements.set(db, statement);
  try {
    const stored = await statement.execute(exchange);
    return stored.length === 1;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

function prepare(db: Db) {
  const given = (name: keyof FirstExchange) => sql.placeholder(name);
  const [conversationId, ownerId, model] = [given("conversationId"), given("ownerId"), given("model")];
  const now = sql`now()`;
  const inserted = {
    conversation: db.insert(conversations).values({
      id: conversationId,
      ownerId,
      title: given("title"),
      titleSource: "first-message",
      model,
      options: given("options"),
      headId: given("replyId"),
    }),
    said: db.insert(messages).values([
      {
        id: given("messageId"),
        conversationId,
        ownerId,
        role: "user",
        parts: given("parts"),
        text: given("text"),
        status: "complete",
      },
      {
        id: given("replyId"),
        conversationId,
        ownerId,
        parentId: given("messageId"),
        role: "assistant",
        parts: [],
        text: "",
        status: "running",
        // A moment later than the message it answers, for lists sorted by time.
        createdAt: sql`now() + interval '1 millisecond'`,
      },
    ]),
    run: db.insert(runs).values({
      id: given("runId"),
      conversationId,
      ownerId,
      messageId: given("replyId"),
      model,
      options: given("runOptions"),
      status: "running",
      instanceId: given("instanceId"),
      startedAt: now,
      heartbeatAt: now,
    }),
  };
  const conversation = db.$with("conversation").as(inserted.conversation.returning({ id: conversations.id }));
  const said = db.$with("said").as(inserted.said.returning({ id: messages.id }));
  const run = db.$with("run").as(inserted.run.returning({ id: runs.id }));
  return db.with(conversation, said, run).select({ id: run.id }).from(run).prepare("first_exchange");
}

/** By its code alone: the database was opened by another instance of these modules, so `instanceof` knows no class of theirs. */
function isTaken(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === uniqueViolation;
}
