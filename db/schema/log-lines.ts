import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { at, createdAt } from "./columns";

/** What processes wrote to their logs. Ids are of time, so that lines of one millisecond keep their order; those of people and runs stay when these are gone. */
export const logLines = pgTable(
  "log_lines",
  {
    id: uuid().primaryKey(),
    at: at().notNull(),
    /** When it came into the database: a line can come later than newer ones of another process. */
    storedAt: createdAt(),
    instanceId: uuid().notNull(),
    /** Pino's: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
    level: smallint().notNull(),
    text: text().notNull(),
    requestId: text(),
    userId: text(),
    runId: text(),
    /** All other fields. */
    rest: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index("log_lines_at_idx").on(table.at, table.id),
    index("log_lines_stored_idx").on(table.storedAt),
    index("log_lines_request_idx").on(table.requestId).where(sql`request_id is not null`),
    index("log_lines_user_idx").on(table.userId, table.at).where(sql`user_id is not null`),
  ],
);
