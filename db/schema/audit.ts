import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns";

/**
 * Who did what. Rows are only ever added, which a trigger holds everyone to; those past the time they are kept for go. Ids and names stay as they
 * were then, whatever becomes of accounts and things, so that nothing here refers to another table.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: uuid().primaryKey(),
    at: at().notNull(),
    /** Null where nobody had signed in, and for what Hearth does by itself. */
    actorId: uuid(),
    actorName: text().notNull(),
    /** How the actor came: a browser, a token, or an API key and which. */
    via: text({ enum: ["cookie", "token", "key"] }),
    keyId: uuid(),
    address: text(),
    requestId: text(),
    action: text().notNull(),
    targetKind: text(),
    targetId: text(),
    targetName: text(),
    /** What a change changed, without secrets. */
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    outcome: text({ enum: ["done", "refused"] }).notNull(),
  },
  (table) => [
    index("audit_events_at_idx").on(table.at, table.id),
    index("audit_events_actor_idx").on(table.actorId, table.at),
    index("audit_events_target_idx").on(table.targetId, table.at),
  ],
);
