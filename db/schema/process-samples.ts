import { bigint, index, integer, pgTable, real, uuid } from "drizzle-orm/pg-core";
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
