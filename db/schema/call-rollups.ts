import { bigint, doublePrecision, index, integer, pgTable, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns";

const count = () => bigint({ mode: "number" }).notNull();

/**
 * Calls added up by minute, quarter of an hour and hour, so that no range of time has to be read call by call.
 * A latency's histogram is two arrays side by side: the bins that hold anything, ascending, and how many each holds.
 * Each sum is there twice: person by person, and for all together, where `ownerId` and `keyId` are null. Ids stay when their
 * owner is gone.
 */
export const callRollups = pgTable(
  "call_rollups",
  {
    scope: text({ enum: ["all", "person"] }).notNull(),
    grain: text({ enum: ["minute", "quarter", "hour"] }).notNull(),
    beginsAt: at().notNull(),
    ownerId: uuid(),
    keyId: uuid(),
    model: text().notNull(),
    upstream: text().notNull(),
    purpose: text().notNull(),
    outcome: text().notNull(),
    /** The kind of failure; empty where nothing failed. */
    reason: text().notNull(),
    calls: integer().notNull(),
    cacheHits: integer().notNull(),
    inputTokens: count(),
    outputTokens: count(),
    cachedTokens: count(),
    costUsd: doublePrecision().notNull(),
    queuedMs: count(),
    /** Tokens of calls that took time to write them, and that time: together they are a speed. */
    writtenTokens: count(),
    writingMs: count(),
    firstTokenBins: smallint().array().notNull(),
    firstTokenCounts: integer().array().notNull(),
    totalBins: smallint().array().notNull(),
    totalCounts: integer().array().notNull(),
  },
  (table) => [
    unique("call_rollups_unique")
      .on(
        table.scope,
        table.grain,
        table.beginsAt,
        table.ownerId,
        table.keyId,
        table.model,
        table.upstream,
        table.purpose,
        table.outcome,
        table.reason,
      )
      .nullsNotDistinct(),
    index("call_rollups_owner_idx").on(table.ownerId, table.grain, table.beginsAt),
  ],
);
