import { processGlobal } from "@/lib/core/process-global";

const durationBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const firstTokenBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * What this process counts, from its start, for Prometheus. Times are seconds, money US dollars.
 * The library is loaded with the first call that ends: it takes some ten megabytes, which an idle Hearth has better use for.
 */
export const metrics = () => processGlobal("metrics", make);

async function make() {
  const { collectDefaultMetrics, Counter, Histogram, Registry } = await import("prom-client");
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

type GaugeOptions = { name: string; help: string; labelNames?: string[]; read: () => Reading[] };
const gauges = () => processGlobal("metric-gauges", () => new Map<string, GaugeOptions>());

/** Adds a figure that is read whenever the metrics are. One of the same name takes its place. */
export function registerGauge(options: GaugeOptions): void {
  gauges().set(options.name, options);
}

/** The registry, its gauges read now. */
export async function readRegistry() {
  const [{ registry }, { Gauge }] = [await metrics(), await import("prom-client")];
  for (const { name, help, labelNames = [], read } of gauges().values()) {
    registry.removeSingleMetric(name);
    const gauge = new Gauge({ registers: [registry], name, help, labelNames });
    for (const { labels = {}, value } of read()) gauge.set(labels, value);
  }
  return registry;
}

/** All metrics in Prometheus's text format, and its media type. */
export async function metricsText(): Promise<{ text: string; contentType: string }> {
  const registry = await readRegistry();
  return { text: await registry.metrics(), contentType: registry.contentType };
}
