import type { MetricObjectWithValues, MetricValue } from "prom-client";

type Metric = MetricObjectWithValues<MetricValue<string> & { metricName?: string }>;
type Labels = Record<string, string | number | undefined>;
/** Which process the figures are of, and since when it counts. Times are milliseconds since 1970. */
export type Origin = { instanceId: string; startedAt: number; now: number };

/** OTLP's number for sums from the process's start, as Prometheus counts. */
const cumulative = 2;
const nanos = (ms: number) => `${Math.round(ms)}000000`;
const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
const attributes = (labels: Labels) => Object.entries(labels).map(([key, value]) => attribute(key, String(value)));

/**
 * Counters, gauges and histograms as an `ExportMetricsServiceRequest` in JSON.
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
 */
export function toOtlp(metrics: Metric[], origin: Origin) {
  const resource = { attributes: [attribute("service.name", "hearth"), attribute("service.instance.id", origin.instanceId)] };
  const told = metrics.flatMap((metric) => oneMetric(metric, origin) ?? []);
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: "hearth" }, metrics: told }] }] };
}

function oneMetric(metric: Metric, origin: Origin) {
  const kind = String(metric.type);
  // Prometheus's ending of a counter; who reads OTLP into Prometheus adds it again.
  const named = { name: metric.name.replace(/_total$/, ""), description: metric.help };
  if (kind === "histogram")
    return { ...named, histogram: { aggregationTemporality: cumulative, dataPoints: histogramPoints(metric.values, origin) } };
  const dataPoints = metric.values
    .filter(({ value }) => Number.isFinite(value))
    .map(({ labels, value }) => ({ ...times(origin), attributes: attributes(labels), asDouble: value }));
  if (kind === "counter") return { ...named, sum: { aggregationTemporality: cumulative, isMonotonic: true, dataPoints } };
  return kind === "gauge" ? { ...named, gauge: { dataPoints } } : undefined;
}

const times = ({ startedAt, now }: Origin) => ({ startTimeUnixNano: nanos(startedAt), timeUnixNano: nanos(now) });

/** Prometheus's buckets hold all up to their bound; OTLP's only what is in none below. */
function histogramPoints(values: Metric["values"], origin: Origin) {
  const series = Map.groupBy(values, ({ labels }) => JSON.stringify({ ...labels, le: undefined }));
  return [...series].map(([key, rows]) => {
    const of = (ending: string) => rows.find(({ metricName }) => metricName?.endsWith(ending))?.value ?? 0;
    const buckets = rows.filter(({ metricName, labels }) => metricName?.endsWith("_bucket") && labels.le !== "+Inf");
    const upTo = [...buckets.map(({ value }) => value), of("_count")];
    return {
      ...times(origin),
      attributes: attributes(JSON.parse(key) as Labels),
      count: String(of("_count")),
      sum: of("_sum"),
      bucketCounts: upTo.map((value, index) => String(value - (upTo[index - 1] ?? 0))),
      explicitBounds: buckets.map(({ labels }) => Number(labels.le)),
    };
  });
}
