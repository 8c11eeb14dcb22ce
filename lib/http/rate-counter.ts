import { RateLimiterMemory, RateLimiterPostgres } from "rate-limiter-flexible";
import { type Database, database } from "@/db/database";
import { processGlobal } from "@/lib/core/process-global";

type Counter = RateLimiterMemory | RateLimiterPostgres;
type Kept = { of?: Database; counter?: Counter };

/**
 * What the limits of a minute are counted in: memory where this process is the only one, the database where several share
 * it. It only counts; whoever counts compares with the limit, so that a changed limit holds at once.
 */
export function rateCounter(): Counter {
  const kept = processGlobal<Kept>("rate-counter", () => ({}));
  const current = database();
  if (!kept.counter || kept.of !== current) Object.assign(kept, { of: current, counter: makeCounter(current) });
  return kept.counter as Counter;
}

function makeCounter(current: Database): Counter {
  const counting = { points: Number.MAX_SAFE_INTEGER, duration: 60, keyPrefix: "" };
  if (current.kind === "embedded") return new RateLimiterMemory(counting);
  return new RateLimiterPostgres({
    ...counting,
    storeClient: { query: ({ text, values }: { text: string; values: unknown[] }) => current.query(text, values) },
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
  });
}
