import { and, asc, desc, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { ConflictError, NotFoundError } from "@/lib/core/errors";
import type { Cursor } from "@/lib/http/page";
import type { Db } from "../database";
import { messages } from "../schema/chat";
import type { RouteDecision } from "../schema/json";

export type MessageRow = Omit<typeof messages.$inferSelect, "searchable">;
export type RouteVotes = Pick<RouteDecision, "kind" | "model"> & { up: number; down: number };
export type NewMessage = PgInsertValue<typeof messages>;
type InConversation = { conversationId: string; ownerId: string };
type Ending = Pick<typeof messages.$inferInsert, "parts" | "text" | "status" | "model" | "usage" | "route" | "error" | "feedback">;

// All but `searchable`, which only the database reads.
const columns = {
  id: messages.id,
  conversationId: messages.conversationId,
  ownerId: messages.ownerId,
  parentId: messages.parentId,
  role: messages.role,
  parts: messages.parts,
  text: messages.text,
  status: messages.status,
  model: messages.model,
  usage: messages.usage,
  error: messages.error,
  route: messages.route,
  feedback: messages.feedback,
  createdAt: messages.createdAt,
};

const within = (by: InConversation) => and(eq(messages.conversationId, by.conversationId), eq(messages.ownerId, by.ownerId));

/** One message of a conversation. @throws NotFoundError */
export async function getMessage(db: Db, by: InConversation & { id: string }) {
  const [found] = await db
    .select(columns)
    .from(messages)
    .where(and(eq(messages.id, by.id), within(by)));
  if (!found) throw new NotFoundError("message", by.id);
  return found;
}

/** Every message of a conversation, oldest first: the whole tree. */
export function listTree(db: Db, by: InConversation) {
  return db.select(columns).from(messages).where(within(by)).orderBy(asc(messages.createdAt), asc(messages.id));
}

/** The messages from the root to `leafId`, oldest first: by depth, since clocks of instances may differ. */
export async function listBranch(db: Db, by: InConversation & { leafId: string }): Promise<MessageRow[]> {
  const branch = sql`(
    with recursive branch as (
      select id, parent_id, 0 as height from messages where id = ${by.leafId} and conversation_id = ${by.conversationId} and owner_id = ${by.ownerId}
      union all
      select parent.id, parent.parent_id, branch.height + 1 from messages parent join branch on parent.id = branch.parent_id)
    select id, height from branch) as branch`;
  return db
    .select(columns)
    .from(messages)
    .innerJoin(branch, sql`branch.id = ${messages.id}`)
    .where(within(by))
    .orderBy(sql`branch.height desc`);
}

/** One owner's messages over all conversations, newest first. Gives up to `limit + 1` rows. */
export function listHistory(db: Db, by: { ownerId: string; limit: number; cursor?: Cursor }) {
  const at = by.cursor && new Date(by.cursor.at);
  return db
    .select(columns)
    .from(messages)
    .where(
      and(
        eq(messages.ownerId, by.ownerId),
        sql`not exists (select 1 from conversations where conversations.id = ${messages.conversationId} and conversations.deleted_at is not null)`,
        at && by.cursor && or(lt(messages.createdAt, at), and(eq(messages.createdAt, at), lt(messages.id, by.cursor.id))),
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(by.limit + 1);
}

/** Stores new messages, parents before their children. @throws ConflictError when there is a message of one of the ids: a client sent it twice */
export async function saveMessages(db: Db, values: NewMessage[]): Promise<void> {
  if (values.length === 0) return;
  const stored = await db.insert(messages).values(values).onConflictDoNothing().returning({ id: messages.id });
  if (stored.length < values.length) throw new ConflictError("This message was sent before. Load the chat to see it.");
}

/** The reply is written on: what its reader thought of it was about less, and perhaps about another model. */
export const goesOn = { status: "running", feedback: null } as const;

/** Writes how a reply ended, or that it goes on. */
export async function saveEnding(db: Db, by: InConversation & { id: string }, ending: Partial<Ending>): Promise<void> {
  await db
    .update(messages)
    .set(ending)
    .where(and(eq(messages.id, by.id), within(by)));
}

/** Keeps what the owner thinks of a reply; null takes it back. @throws NotFoundError for a message that is no reply of the owner's */
export async function saveFeedback(db: Db, by: { id: string; ownerId: string }, feedback: "up" | "down" | null): Promise<MessageRow> {
  const isReachable = sql`not exists (select 1 from conversations where conversations.id = ${messages.conversationId} and conversations.deleted_at is not null)`;
  const [saved] = await db
    .update(messages)
    .set({ feedback })
    .where(and(eq(messages.id, by.id), eq(messages.ownerId, by.ownerId), eq(messages.role, "assistant"), isReachable))
    .returning(columns);
  if (!saved) throw new NotFoundError("message", by.id);
  return saved;
}

/** What readers thought of replies whose model was left to Hearth, of all owners, most votes first. */
export async function countVotes(db: Db): Promise<RouteVotes[]> {
  const kind = sql<RouteDecision["kind"]>`${messages.route} ->> 'kind'`;
  const model = sql<string>`${messages.route} ->> 'model'`;
  const up = sql<number>`count(*) filter (where ${messages.feedback} = 'up')`.mapWith(Number);
  const down = sql<number>`count(*) filter (where ${messages.feedback} = 'down')`.mapWith(Number);
  return db
    .select({ kind, model, up, down })
    .from(messages)
    .where(and(isNotNull(messages.route), isNotNull(messages.feedback)))
    .groupBy(sql`1`, sql`2`)
    .orderBy(sql`count(*) desc`, sql`1`, sql`2`)
    .limit(100);
}

/** The ids of all versions of a message: those with the same parent, oldest first. */
export async function listSiblingIds(db: Db, by: InConversation & { parentId: string | null }): Promise<string[]> {
  const sameParent = by.parentId ? eq(messages.parentId, by.parentId) : isNull(messages.parentId);
  const found = await db
    .select({ id: messages.id })
    .from(messages)
    .where(and(within(by), sameParent))
    .orderBy(asc(messages.createdAt), asc(messages.id));
  return found.map(({ id }) => id);
}

/** The shape of a conversation's tree, oldest message first, without the messages themselves. */
export function listTreeIds(db: Db, by: InConversation): Promise<{ id: string; parentId: string | null }[]> {
  return db
    .select({ id: messages.id, parentId: messages.parentId })
    .from(messages)
    .where(within(by))
    .orderBy(asc(messages.createdAt), asc(messages.id));
}
