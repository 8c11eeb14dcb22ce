import { boolean, doublePrecision, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { at, createdAt } from "./columns";

/** Model hosts that an admin added. Those from the environment are never stored. */
export const upstreams = pgTable("upstreams", {
  id: uuid().primaryKey(),
  name: text().notNull().unique(),
  kind: text({ enum: ["ollama", "openai", "anthropic", "google", "openai-compatible"] }).notNull(),
  baseUrl: text(),
  /** AES-256-GCM under a key derived from AUTH_SECRET. */
  encryptedApiKey: text(),
  enabled: boolean().notNull().default(true),
  createdAt: createdAt(),
});

/** One call to a model: what it was for, who answered, what it took. Never the words. */
export const calls = pgTable(
  "calls",
  {
    id: uuid().primaryKey(),
    ownerId: uuid().references(() => users.id, { onDelete: "set null" }),
    runId: uuid(),
    purpose: text({ enum: ["chat", "title", "embedding", "check"] }).notNull(),
    model: text().notNull(),
    upstream: text().notNull(),
    outcome: text({ enum: ["complete", "stopped", "failed"] }).notNull(),
    reason: text(),
    inputTokens: integer().notNull().default(0),
    outputTokens: integer().notNull().default(0),
    cachedTokens: integer().notNull().default(0),
    reasoningTokens: integer().notNull().default(0),
    tokensEstimated: boolean().notNull().default(false),
    costUsd: doublePrecision().notNull().default(0),
    startedAt: at().notNull(),
    firstTokenAt: at(),
    endedAt: at().notNull(),
  },
  (table) => [index("calls_started_idx").on(table.startedAt), index("calls_owner_idx").on(table.ownerId, table.startedAt)],
);

/** Values that outlive a restart: what admins set, and what Hearth made for itself (the signing secret). */
export const settings = pgTable("settings", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: at().notNull().defaultNow(),
});
