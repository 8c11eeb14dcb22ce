import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { processGlobal } from "@/lib/core/process-global";

const durationBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const firstTokenBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What this process counts, from its start, for Prometheus. Times are seconds, money US dollars. */
export const metrics = () => processGlobal("metrics", make);

function make() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    calls: new Counter({
      ...{ registers, name: "hearth_calls_total", help: "Calls to models that have ended" },
      labelNames: ["model", "host", "purpose", "outcome", "reason"] as const,
    }),
    tokens: new Counter({
      ...{ registers, name: "hearth_tokens_total", help: "Tokens read and written by models" },
      labelNames: ["model", "purpose", "kind"] as const,
    }),
    cost: new Counter({
      ...{ registers, name: "hearth_cost_usd_total", help: "What calls cost, in US dollars" },
      labelNames: ["model", "purpose"] as const,
    }),
    cache: new Counter({
      ...{ registers, name: "hearth_cache_total", help: "Calls by what the answer cache did: off, miss, hit or similar" },
      labelNames: ["result"] as const,
    }),
    duration: new Histogram({
      ...{ registers, name: "hearth_call_duration_seconds", help: "From a call's start to its end, of those that were completed" },
      ...{ labelNames: ["model", "purpose"] as const, buckets: durationBuckets },
    }),
    firstToken: new Histogram({
      ...{ registers, name: "hearth_time_to_first_token_seconds", help: "From a call's start to its first token" },
      ...{ labelNames: ["model", "purpose"] as const, buckets: firstTokenBuckets },
    }),
    queueWait: new Histogram({
      ...{ registers, name: "hearth_queue_wait_seconds", help: "How long a call waited for a place at a host" },
      ...{ labelNames: ["model"] as const, buckets: durationBuckets },
    }),
  };
}

/** One reading of a gauge, with the labels it is for. */
export type Reading = { labels?: Record<string, string>; value: number };

/** Adds a figure that is read whenever it is asked for. One of the same name takes its place. */
export function registerGauge({
  name,
  help,
  labelNames = [],
  read,
}: {
  name: string;
  help: string;
  labelNames?: string[];
  read: () => Reading[];
}) {
  const { registry } = metrics();
  registry.removeSingleMetric(name);
  new Gauge({
    ...{ registers: [registry], name, help, labelNames },
    collect() {
      this.reset();
      for (const { labels = {}, value } of read()) this.set(labels, value);
    },
  });
}
