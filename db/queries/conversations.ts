import { and, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { NotFoundError } from "@/lib/core/errors";
import type { Cursor } from "@/lib/http/page";
import type { Db } from "../database";
import { conversations } from "../schema/chat";
import { deleteTracesOf } from "./spans";

type By = { id: string; ownerId: string };
export type ConversationRow = typeof conversations.$inferSelect & { activeRunId: string | null; waitingRunId: string | null };
type Changes = Partial<
  Pick<typeof conversations.$inferInsert, "title" | "titleSource" | "model" | "options" | "pinned" | "archived" | "tags">
>;

// Subqueries name their columns in full: Drizzle leaves the table out of columns in a select's fields.
/** The run that is writing in a conversation, else the one next in turn. */
const activeRunId = sql<string | null>`(
  select runs.id from runs
  where runs.conversation_id = conversations.id and runs.status in ('running', 'queued')
  order by runs.status desc, runs.queued_at, runs.id limit 1)`.as("active_run_id");

/** The run that waits for the owner's approval. */
const waitingRunId = sql<string | null>`(
  select runs.id from runs
  where runs.conversation_id = conversations.id and runs.status = 'awaiting-approval'
  order by runs.id limit 1)`.as("waiting_run_id");

const row = {
  id: conversations.id,
  ownerId: conversations.ownerId,
  title: conversations.title,
  titleSource: conversations.titleSource,
  model: conversations.model,
  options: conversations.options,
  pinned: conversations.pinned,
  archived: conversations.archived,
  folderId: conversations.folderId,
  tags: conversations.tags,
  headId: conversations.headId,
  createdAt: conversations.createdAt,
  updatedAt: conversations.updatedAt,
  deletedAt: conversations.deletedAt,
  activeRunId,
  waitingRunId,
};

const mine = (by: By) => and(eq(conversations.id, by.id), eq(conversations.ownerId, by.ownerId));

/** One conversation. Another owner's, and a deleted one, look the same as a missing one. @throws NotFoundError */
export async function getConversation(db: Db, by: By): Promise<ConversationRow> {
  const [found] = await db
    .select(row)
    .from(conversations)
    .where(and(mine(by), isNull(conversations.deletedAt)));
  if (!found) throw new NotFoundError("conversation", by.id);
  return found;
}

/** Takes the conversation for the rest of the transaction, so that messages sent at once are stored one after the other. @throws NotFoundError */
export async function lockConversation(tx: Db, by: By) {
  const [found] = await tx
    .select()
    .from(conversations)
    .where(and(mine(by), isNull(conversations.deletedAt)))
    .for("update");
  if (!found) throw new NotFoundError("conversation", by.id);
  return found;
}

/** Stores a new conversation, unless the id is taken: then what follows finds whose it is. @returns whether it was stored */
export async function saveConversation(db: Db, values: PgInsertValue<typeof conversations>): Promise<boolean> {
  const stored = await db.insert(conversations).values(values).onConflictDoNothing().returning({ id: conversations.id });
  return stored.length > 0;
}

/** Changes fields, leaving its place in the list. @throws NotFoundError */
export async function updateConversation(db: Db, by: By, changes: Changes): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  const changed = await db
    .update(conversations)
    .set(changes)
    .where(and(mine(by), isNull(conversations.deletedAt)))
    .returning({ id: conversations.id });
  if (changed.length === 0) throw new NotFoundError("conversation", by.id);
}

/** Moves the head of the branch last looked at. With `changes` the conversation was used: it also goes to the top of the list. */
export async function moveHead(db: Db, by: By, headId: string, changes?: Changes): Promise<void> {
  await db
    .update(conversations)
    .set({ headId, ...(changes && { ...changes, updatedAt: sql`now()` }) })
    .where(mine(by));
}

/** Gives the conversation a title made by a model, unless a person has named it meanwhile. @returns whether it took it */
export async function saveModelTitle(db: Db, by: By, title: string): Promise<boolean> {
  const changed = await db
    .update(conversations)
    .set({ title, titleSource: "model" })
    .where(and(mine(by), eq(conversations.titleSource, "first-message"), isNull(conversations.deletedAt)))
    .returning({ id: conversations.id });
  return changed.length > 0;
}

/** Hides a conversation until it is restored or erased. @throws NotFoundError */
export async function deleteConversation(db: Db, by: By): Promise<void> {
  const changed = await db
    .update(conversations)
    .set({ deletedAt: sql`now()` })
    .where(and(mine(by), isNull(conversations.deletedAt)))
    .returning({ id: conversations.id });
  if (changed.length === 0) throw new NotFoundError("conversation", by.id);
}

/** Brings a deleted conversation back. @throws NotFoundError when it was erased, or never was deleted */
export async function restoreConversation(db: Db, by: By): Promise<void> {
  const changed = await db
    .update(conversations)
    .set({ deletedAt: null })
    .where(and(mine(by), isNotNull(conversations.deletedAt)))
    .returning({ id: conversations.id });
  if (changed.length === 0) throw new NotFoundError("deleted conversation", by.id);
}

/** Erases conversations deleted longer than `graceS` seconds ago, whoever owns them, and their traces. @returns how many */
export async function eraseDeleted(db: Db, graceS: number): Promise<number> {
  return db.transaction(async (tx) => {
    const gone = await tx
      .delete(conversations)
      .where(lt(conversations.deletedAt, sql`now() - make_interval(secs => ${graceS})`))
      .returning({ id: conversations.id });
    if (gone.length > 0) await deleteTracesOf(tx, gone);
    return gone.length;
  });
}

/** One owner's conversations, last used first. Gives up to `limit + 1` rows, so that the caller sees whether more follow. */
export async function listConversations(
  db: Db,
  by: { ownerId: string; limit: number; cursor?: Cursor; archived?: boolean },
): Promise<ConversationRow[]> {
  const { ownerId, limit, cursor, archived } = by;
  return db
    .select(row)
    .from(conversations)
    .where(
      and(
        eq(conversations.ownerId, ownerId),
        isNull(conversations.deletedAt),
        archived === undefined ? undefined : eq(conversations.archived, archived),
        cursor && before(cursor),
      ),
    )
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(limit + 1);
}

function before(cursor: Cursor): SQL | undefined {
  const at = new Date(cursor.at);
  return or(lt(conversations.updatedAt, at), and(eq(conversations.updatedAt, at), lt(conversations.id, cursor.id)));
}

/**
 * One owner's conversations whose title contains the words, or one of whose messages matches them (`websearch_to_tsquery`).
 * `passage` is the text around the best match, with U+E000 and U+E001 around each word found; null when only the title matches.
 */
export async function searchConversations(db: Db, by: { ownerId: string; words: string; limit: number; cursor?: Cursor }) {
  const query = sql`websearch_to_tsquery('simple', ${by.words})`;
  const passage = sql<string | null>`(
    select ts_headline('simple', left(messages.text, 100000), ${query},
      'StartSel=${sql.raw("\ue000")}, StopSel=${sql.raw("\ue001")}, MaxFragments=1, MaxWords=24, MinWords=8')
    from messages
    where messages.conversation_id = conversations.id and messages.searchable @@ ${query}
    order by ts_rank(messages.searchable, ${query}) desc, messages.created_at desc limit 1)`.as("passage");
  const matches = or(
    sql`${conversations.title} ilike ${`%${by.words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`,
    sql`exists (select 1 from messages where messages.conversation_id = conversations.id and messages.searchable @@ ${query})`,
  );
  return db
    .select({ ...row, passage })
    .from(conversations)
    .where(and(eq(conversations.ownerId, by.ownerId), isNull(conversations.deletedAt), matches, by.cursor && before(by.cursor)))
    .orderBy(desc(conversations.updatedAt), desc(conversations.id))
    .limit(by.limit + 1);
}
