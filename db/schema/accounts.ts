import { boolean, doublePrecision, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { at, createdAt } from "./columns";
import type { KeyScope } from "./json";

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

/** People to whom a limit, a budget or a permission is given together. */
export const groups = pgTable("groups", { id: uuid().primaryKey(), name: text().notNull().unique(), createdAt: createdAt() });

/** Who is in a group. */
export const groupMembers = pgTable(
  "group_members",
  {
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.userId] }), index("group_members_user_idx").on(table.userId)],
);

/** Keys (`hk_…`) for programs, kept as SHA-256. `hint` is the end of the key, by which its owner tells it from others. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid().primaryKey(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    tokenHash: text().notNull(),
    hint: text().notNull(),
    scopes: jsonb().$type<KeyScope[]>().notNull(),
    /** Public ids of the models it may use, with `*` for any ending; null is all. */
    models: jsonb().$type<string[]>(),
    /** Names of the hosts it may use; null is all. */
    upstreams: jsonb().$type<string[]>(),
    /** Which answers it takes from the cache: those to the same call when that is deterministic, to any same call, or to a similar one too. */
    cache: text({ enum: ["deterministic", "always", "similar", "off"] })
      .notNull()
      .default("deterministic"),
    /** How near a question must be to count as similar: a cosine from 0 to 1. */
    similarity: doublePrecision(),
    /** Its cache is one with that of every other key shared so; for admins to set. */
    sharesCache: boolean().notNull().default(false),
    createdAt: createdAt(),
    lastUsedAt: at(),
    expiresAt: at(),
    revokedAt: at(),
  },
  (table) => [uniqueIndex("api_keys_hash_unique").on(table.tokenHash), index("api_keys_owner_idx").on(table.ownerId)],
);
