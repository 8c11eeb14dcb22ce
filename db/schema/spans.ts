import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { at } from "./columns";
import type { SpanAttributes } from "./json";

/**
 * What a run or a call did and when, as a tree: a trace is all spans of one `traceId`, its root the one without a parent.
 * A trace's id is its run's, where there is one. `input` and `output` are kept only where an admin wants them.
 */
export const spans = pgTable(
  "spans",
  {
    id: uuid().primaryKey(),
    traceId: uuid().notNull(),
    parentId: uuid(),
    /** Of a root: the chat that it belongs to, which takes the trace with it when it is erased. */
    conversationId: uuid(),
    ownerId: uuid().references(() => users.id, { onDelete: "cascade" }),
    kind: text({ enum: ["run", "step", "tool", "model", "embedding", "queue", "cache", "attempt"] }).notNull(),
    name: text().notNull(),
    model: text(),
    status: text({ enum: ["running", "ok", "error", "stopped"] }).notNull(),
    error: text(),
    startedAt: at().notNull(),
    endedAt: at(),
    attributes: jsonb().$type<SpanAttributes>().notNull().default({}),
    input: text(),
    output: text(),
  },
  (table) => [
    index("spans_trace_idx").on(table.traceId),
    index("spans_conversation_idx").on(table.conversationId).where(sql`${table.conversationId} is not null`),
    index("spans_started_idx").on(table.startedAt),
    index("spans_roots_idx").on(table.startedAt.desc(), table.id.desc()).where(sql`${table.parentId} is null`),
    index("spans_owner_idx").on(table.ownerId, table.startedAt.desc()).where(sql`${table.parentId} is null`),
  ],
);
