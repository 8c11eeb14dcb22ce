import { index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, createdAt } from "./columns";

/** People. `email` is stored in lower case. A `pending` account waits for an admin and cannot sign in. */
export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text().notNull(),
    role: text({ enum: ["admin", "user", "pending"] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("users_email_unique").on(table.email)],
);

/** One sign-in on one device, by browser or by the REST API. Revoking the row ends all of its tokens at once. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text({ enum: ["browser", "api"] }).notNull(),
    userAgent: text().notNull(),
    address: text().notNull(),
    createdAt: createdAt(),
    lastSeenAt: at().notNull(),
    expiresAt: at().notNull(),
    revokedAt: at(),
  },
  (table) => [index("sessions_user_idx").on(table.userId)],
);

/** The refresh tokens of a session, kept as SHA-256; all but the newest are spent. */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    id: uuid().primaryKey(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    tokenHash: text().notNull(),
    createdAt: createdAt(),
    spentAt: at(),
  },
  (table) => [uniqueIndex("refresh_tokens_hash_unique").on(table.tokenHash), index("refresh_tokens_session_idx").on(table.sessionId)],
);
