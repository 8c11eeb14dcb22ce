import type { AlertRuleInput } from "./contract";

const minute = 60;
const plain = { groupBy: null, comparison: "above", leastCalls: 0, noData: "ok", enabled: true } as const;

/** The rules that Hearth ships with, by a name that never changes. What depends on how much one uses is off until somebody sets a number. */
export const shippedRules: Record<string, Omit<AlertRuleInput, "id">> = {
  "error-rate": { ...plain, name: "Many calls fail", metric: "errorRate", threshold: 20, windowS: 5 * minute, forS: minute, leastCalls: 5 },
  "first-token": {
    ...{ ...plain, name: "First tokens come late", metric: "firstTokenP95", threshold: 15_000 },
    ...{ windowS: 10 * minute, forS: 2 * minute, leastCalls: 5 },
  },
  "host-down": { ...plain, name: "A host does not answer", metric: "hostDown", groupBy: "host", threshold: 0, windowS: minute, forS: 30 },
  "breaker-open": {
    ...plain,
    name: "A breaker is open",
    metric: "breakerOpen",
    groupBy: "host",
    threshold: 0,
    windowS: minute,
    forS: minute,
  },
  "queue-wait": {
    ...{ ...plain, name: "Calls wait long in line", metric: "queueWaitP95", threshold: 20_000 },
    ...{ windowS: 5 * minute, forS: minute, leastCalls: 5 },
  },
  "memory-growth": {
    ...{ ...plain, name: "Memory grows", metric: "memoryGrowthMb", threshold: 500 },
    ...{ windowS: 60 * minute, forS: 5 * minute, noData: "keep" },
  },
  spend: { ...plain, name: "Much is spent in a day", metric: "costUsd", threshold: 50, windowS: 1_440 * minute, forS: 0, enabled: false },
  "no-traffic": {
    ...{ ...plain, name: "Nobody asks anything", metric: "requests", comparison: "below", threshold: 1 },
    ...{ windowS: 60 * minute, forS: 0, enabled: false },
  },
};
