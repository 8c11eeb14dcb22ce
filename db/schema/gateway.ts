import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { apiKeys, users } from "./accounts";
import { at, createdAt } from "./columns";
import type { CachedPart, PrewarmTimes } from "./json";

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

/** What admins set for a host, whether it is stored or from the environment. `hostId` is the upstream's id. */
export const hostSettings = pgTable("host_settings", {
  hostId: text().primaryKey(),
  /** Calls at once to one model of the host; null leaves it to what is found out. */
  maxParallel: integer(),
  updatedAt: at().notNull().defaultNow(),
});

/** What admins set for a model, by its public id. Null means: not set, the default holds. */
export const modelSettings = pgTable("model_settings", {
  modelId: text().primaryKey(),
  /** Models to ask in this order when this one cannot answer. */
  fallbacks: jsonb().$type<string[]>().notNull().default([]),
  visibleTo: text({ enum: ["everyone", "admins"] })
    .notNull()
    .default("everyone"),
  inputUsdPerMTok: doublePrecision(),
  outputUsdPerMTok: doublePrecision(),
  cachedInputUsdPerMTok: doublePrecision(),
  /** For models on one's own machines: a price for each hour of their work. */
  usdPerHour: doublePrecision(),
  /** Answers are kept also when the call is not deterministic. */
  cacheAlways: boolean().notNull().default(false),
  /** A second host is asked when the first is late with its first token. */
  hedge: boolean().notNull().default(false),
  /** What its hosts are asked for: a stream, a stream or the whole as the caller asks, or the whole. */
  streaming: text({ enum: ["always", "as-asked", "never"] })
    .notNull()
    .default("always"),
  /** How long Ollama keeps it in memory after a call, as in `10m`, `-1` for ever. */
  keepAlive: text(),
  prewarm: jsonb().$type<PrewarmTimes>(),
  updatedAt: at().notNull().defaultNow(),
});

/** Whom a limit or a budget is for. `subjectId` is a user's, group's or key's id, a model's public id, or empty for everyone. */
const subject = () => ({
  subjectKind: text({ enum: ["everyone", "user", "group", "key", "model"] }).notNull(),
  subjectId: text().notNull().default(""),
});

/** How much may be asked at once or in a minute. Null is no limit. For `everyone` it holds for each user by themselves. */
export const limits = pgTable(
  "limits",
  {
    id: uuid().primaryKey(),
    ...subject(),
    requestsPerMinute: integer(),
    tokensPerMinute: integer(),
    parallel: integer(),
    createdAt: createdAt(),
  },
  (table) => [unique("limits_subject_unique").on(table.subjectKind, table.subjectId)],
);

/** How much may be spent in a day or month (UTC). A hard budget refuses calls past it, a soft one only warns. */
export const budgets = pgTable(
  "budgets",
  {
    id: uuid().primaryKey(),
    ...subject(),
    period: text({ enum: ["day", "month"] }).notNull(),
    limitUsd: doublePrecision(),
    limitTokens: bigint({ mode: "number" }),
    hard: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [unique("budgets_subject_unique").on(table.subjectKind, table.subjectId, table.period)],
);

/** What was spent of a budget in one period. For `everyone` and groups one row holds for all of them together. */
export const budgetSpending = pgTable(
  "budget_spending",
  {
    budgetId: uuid()
      .notNull()
      .references(() => budgets.id, { onDelete: "cascade" }),
    periodStart: date().notNull(),
    spentUsd: doublePrecision().notNull().default(0),
    spentTokens: bigint({ mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.budgetId, table.periodStart] })],
);

/** The worst case of calls that are under way. One whose process died runs out by itself. */
export const budgetReservations = pgTable(
  "budget_reservations",
  {
    callId: uuid().notNull(),
    budgetId: uuid()
      .notNull()
      .references(() => budgets.id, { onDelete: "cascade" }),
    periodStart: date().notNull(),
    usd: doublePrecision().notNull(),
    tokens: bigint({ mode: "number" }).notNull(),
    expiresAt: at().notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.budgetId] }), index("budget_reservations_budget_idx").on(table.budgetId)],
);

/** Counters of the rate limits that several processes share, in the shape of rate-limiter-flexible. Unlogged: they live a minute. */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: "number" }),
});

/** Calls under way, counted for limits of parallel calls where several processes share them. Unlogged. */
export const callLeases = pgTable(
  "call_leases",
  { callId: uuid().notNull(), subject: text().notNull(), expiresAt: at().notNull() },
  (table) => [primaryKey({ columns: [table.subject, table.callId] })],
);

/** Answers kept to be given again. `scope` is whose they are; a semantic look-up compares `embedding` within one `contextHash`. Unlogged. */
export const cacheEntries = pgTable(
  "cache_entries",
  {
    key: text().primaryKey(),
    scope: text().notNull(),
    /** Whose call it was the answer to, also where the scope is what keys share. Absent in older answers. */
    ownerId: uuid(),
    model: text().notNull(),
    upstream: text().notNull(),
    parts: jsonb().$type<CachedPart[]>().notNull(),
    sizeBytes: integer().notNull(),
    /** The question, shown when a similar one is answered from here. */
    question: text(),
    contextHash: text(),
    embedding: real().array(),
    hits: integer().notNull().default(0),
    createdAt: createdAt(),
    usedAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
  },
  (table) => [
    index("cache_entries_similar_idx").on(table.scope, table.contextHash),
    index("cache_entries_expires_idx").on(table.expiresAt),
    index("cache_entries_used_idx").on(table.usedAt),
  ],
);

/** One call to a model: what it was for, who answered, what it took. Never the words. */
export const calls = pgTable(
  "calls",
  {
    id: uuid().primaryKey(),
    ownerId: uuid().references(() => users.id, { onDelete: "set null" }),
    keyId: uuid().references(() => apiKeys.id, { onDelete: "set null" }),
    runId: uuid(),
    /** What is recorded of it as a part of a trace, which may no longer be kept. */
    spanId: uuid(),
    purpose: text({ enum: ["chat", "title", "embedding", "check", "api", "copilot"] }).notNull(),
    /** The model that answered; `requestedModel` is what was asked for when that was another. */
    model: text().notNull(),
    requestedModel: text(),
    upstream: text().notNull(),
    /** Why this host, in a few words. */
    choice: text(),
    attempts: integer().notNull().default(1),
    cache: text({ enum: ["off", "miss", "hit", "similar"] })
      .notNull()
      .default("off"),
    queuedMs: integer().notNull().default(0),
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
    /** When it was added to the roll-ups; null until then. */
    rolledUpAt: at(),
  },
  (table) => [
    index("calls_started_idx").on(table.startedAt),
    index("calls_pending_idx").on(table.startedAt).where(sql`${table.rolledUpAt} is null`),
    index("calls_owner_idx").on(table.ownerId, table.startedAt),
    index("calls_key_idx").on(table.keyId, table.startedAt),
  ],
);

/** Calls added up by day (UTC), so that long ranges need not read every call. Ids stay when their owner is gone. */
export const usageDaily = pgTable(
  "usage_daily",
  {
    day: date().notNull(),
    ownerId: uuid(),
    keyId: uuid(),
    model: text().notNull(),
    upstream: text().notNull(),
    purpose: text().notNull(),
    calls: integer().notNull(),
    failures: integer().notNull(),
    cacheHits: integer().notNull(),
    inputTokens: bigint({ mode: "number" }).notNull(),
    outputTokens: bigint({ mode: "number" }).notNull(),
    cachedTokens: bigint({ mode: "number" }).notNull(),
    costUsd: doublePrecision().notNull(),
  },
  (table) => [
    unique("usage_daily_unique").on(table.day, table.ownerId, table.keyId, table.model, table.upstream, table.purpose).nullsNotDistinct(),
  ],
);

/** Values that outlive a restart: what admins set, and what Hearth made for itself (the signing secret). */
export const settings = pgTable("settings", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: at().notNull().defaultNow(),
});
