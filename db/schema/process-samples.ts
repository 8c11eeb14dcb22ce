import { bigint, doublePrecision, index, integer, pgTable, primaryKey, real, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns";

const bytes = () => bigint({ mode: "number" });

/** How a process was, every ten seconds. Sizes are bytes; `cpuShare` is of one core. */
export const processSamples = pgTable(
  "process_samples",
  {
    instanceId: uuid().notNull(),
    at: at().notNull(),
    residentBytes: bytes().notNull(),
    heapBytes: bytes().notNull(),
    /** By how much timers were late since the sample before, in milliseconds. */
    lagP50Ms: real("lag_p50_ms").notNull(),
    lagP99Ms: real("lag_p99_ms").notNull(),
    cpuShare: real().notNull(),
    /** Replies that are being written. */
    liveRuns: integer().notNull(),
    waitingCalls: integer().notNull(),
    /** Of the whole database; null where it was not looked at. */
    databaseBytes: bytes(),
  },
  (table) => [index("process_samples_at_idx").on(table.at)],
);

/** How a process was over an hour that began `at`: a row each of the least, the mean and the most of its samples' figures. */
export const processSampleHours = pgTable(
  "process_sample_hours",
  {
    instanceId: uuid().notNull(),
    at: at().notNull(),
    stat: text({ enum: ["min", "avg", "max"] }).notNull(),
    /** How many samples there were. */
    samples: integer().notNull(),
    residentBytes: doublePrecision().notNull(),
    heapBytes: doublePrecision().notNull(),
    lagP50Ms: doublePrecision("lag_p50_ms").notNull(),
    lagP99Ms: doublePrecision("lag_p99_ms").notNull(),
    cpuShare: doublePrecision().notNull(),
    liveRuns: doublePrecision().notNull(),
    waitingCalls: doublePrecision().notNull(),
    databaseBytes: doublePrecision(),
  },
  (table) => [primaryKey({ columns: [table.instanceId, table.at, table.stat] }), index("process_sample_hours_at_idx").on(table.at)],
);
