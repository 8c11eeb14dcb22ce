import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { at, createdAt, tsvector } from "./columns";
import type { ChatOptions, MessageParts, MessageUsage, RouteDecision, RunError, RunOptions, UiChunk } from "./json";

/** A chat. `headId` is the newest message of the branch last looked at; a set `deletedAt` can still be undone. */
export const conversations = pgTable(
  "conversations",
  {
    id: uuid().primaryKey(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: text().notNull(),
    titleSource: text({ enum: ["first-message", "model", "person"] }).notNull(),
    model: text(),
    options: jsonb().$type<ChatOptions>().notNull().default({}),
    pinned: boolean().notNull().default(false),
    archived: boolean().notNull().default(false),
    folderId: uuid(),
    tags: jsonb().$type<string[]>().notNull().default([]),
    headId: uuid(),
    createdAt: createdAt(),
    updatedAt: at().notNull().defaultNow(),
    deletedAt: at(),
  },
  (table) => [index("conversations_owner_idx").on(table.ownerId, table.updatedAt.desc())],
);

/** One message; `parentId` makes a tree, whose siblings are the versions of an edited or regenerated message. */
export const messages = pgTable(
  "messages",
  {
    id: uuid().primaryKey(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    parentId: uuid(),
    role: text({ enum: ["user", "assistant", "system"] }).notNull(),
    parts: jsonb().$type<MessageParts>().notNull(),
    text: text().notNull(),
    searchable: tsvector().generatedAlwaysAs(sql`to_tsvector('simple', left("text", 100000))`),
    status: text({ enum: ["complete", "running", "stopped", "interrupted", "failed", "awaiting-approval"] }).notNull(),
    model: text(),
    usage: jsonb().$type<MessageUsage>(),
    error: jsonb().$type<RunError>(),
    /** How the model was chosen, when it was left to Hearth. */
    route: jsonb().$type<RouteDecision>(),
    /** What the reader thought of the reply. */
    feedback: text({ enum: ["up", "down"] }),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({ columns: [table.parentId], foreignColumns: [table.id], name: "messages_parent_fk" }).onDelete("cascade"),
    index("messages_conversation_idx").on(table.conversationId, table.createdAt),
    index("messages_owner_idx").on(table.ownerId, table.createdAt.desc(), table.id.desc()),
    index("messages_parent_idx").on(table.parentId),
    index("messages_votes_idx").on(table.feedback).where(sql`${table.route} is not null and ${table.feedback} is not null`),
    index("messages_searchable_idx").using("gin", table.searchable),
  ],
);

/** One run of the agent, writing one assistant message. A `queued` run waits for the one before it in its conversation. */
export const runs = pgTable(
  "runs",
  {
    id: uuid().primaryKey(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    messageId: uuid()
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    status: text({ enum: ["queued", "running", "complete", "stopped", "interrupted", "failed", "awaiting-approval"] }).notNull(),
    model: text(),
    options: jsonb().$type<RunOptions>().notNull(),
    /** Set when the run goes on from text that the message already has. */
    continues: boolean().notNull().default(false),
    error: jsonb().$type<RunError>(),
    instanceId: uuid(),
    heartbeatAt: at(),
    stopRequestedAt: at(),
    queuedAt: createdAt(),
    startedAt: at(),
    endedAt: at(),
  },
  (table) => [
    index("runs_conversation_idx").on(table.conversationId, table.id),
    index("runs_owner_idx").on(table.ownerId, table.queuedAt.desc(), table.id.desc()),
    index("runs_status_idx").on(table.status),
    uniqueIndex("runs_one_running").on(table.conversationId).where(sql`${table.status} = 'running'`),
  ],
);

/** A flush of a run's log: `chunks` numbered from `firstSeq`. Gone a minute after the run ends, when the message holds it all. */
export const runChunks = pgTable(
  "run_chunks",
  {
    runId: uuid()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    firstSeq: integer().notNull(),
    chunks: jsonb().$type<UiChunk[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.firstSeq] })],
);
