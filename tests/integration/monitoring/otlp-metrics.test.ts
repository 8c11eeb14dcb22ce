import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createLog } from "@/lib/core/log";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
import { countCall } from "@/lib/monitoring/metrics/count-call";
import { registerGauge } from "@/lib/monitoring/metrics/registry";
import { exportMetrics, startMetricsExport, stopMetricsExport } from "@/lib/monitoring/otlp-metrics/export-loop";
import { withEnvironment } from "../../support/accounts";

type Point = {
  attributes: { key: string; value: { stringValue: string } }[];
  asDouble?: number;
  bucketCounts?: string[];
  explicitBounds?: number[];
  startTimeUnixNano: string;
  timeUnixNano: string;
};
type Figures = { dataPoints: Point[]; aggregationTemporality?: number; isMonotonic?: boolean };
type Metric = { name: string; sum?: Figures; gauge?: Figures; histogram?: Figures };
type Body = { resourceMetrics: { resource: { attributes: Point["attributes"] }; scopeMetrics: { metrics: Metric[] }[] }[] };

const received: { url: string; headers: IncomingMessage["headers"]; body: Body }[] = [];
let [status, logged] = [200, ""];
const collector = createServer(async (request, response) => {
  received.push({ url: request.url ?? "", headers: request.headers, body: JSON.parse(await text(request)) as Body });
  response.writeHead(status).end("{}");
});

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  for (const name of ["metrics", "metric-labels", "metric-gauges", "metrics-export", "log"]) clearProcessGlobal(name);
  processGlobal("log", () => createLog("info", { write: (line: string) => (logged += line) }));
  withEnvironment({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/otlp/`,
    OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=a%20b",
    OTEL_METRIC_EXPORT_INTERVAL: "40",
  });
  const startedAt = new Date();
  const after = (ms: number) => new Date(startedAt.getTime() + ms);
  for (const totalMs of [30, 300, 400]) {
    await countCall({
      ...{ model: "ollama/small", upstream: "box", purpose: "chat", outcome: "complete", cache: "off", queuedMs: 0 },
      ...{ inputTokens: 7, outputTokens: 5, cachedTokens: 0, reasoningTokens: 0, costUsd: 0.25 },
      ...{ startedAt, firstTokenAt: after(20), endedAt: after(totalMs) },
    });
  }
  registerGauge({ name: "hearth_test_gauge", help: "A figure", labelNames: ["host"], read: () => [{ labels: { host: "box" }, value: 3 }] });
});
beforeEach(() => {
  received.length = 0;
  [status, logged] = [200, ""];
});
afterAll(async () => {
  collector.close();
  withEnvironment({
    OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
    OTEL_EXPORTER_OTLP_HEADERS: undefined,
    OTEL_METRIC_EXPORT_INTERVAL: undefined,
  });
  for (const name of ["metrics", "metric-labels", "metric-gauges", "metrics-export", "log"]) clearProcessGlobal(name);
});

const metric = (name: string) => received.at(-1)?.body.resourceMetrics[0]?.scopeMetrics[0]?.metrics.find((one) => one.name === name);
const labelsOf = (point?: Point) => Object.fromEntries(point?.attributes.map(({ key, value }) => [key, value.stringValue]) ?? []);

test("calls that were made are sums, gauges and histograms at the collector, with the headers it asks for", async () => {
  await exportMetrics();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ url: "/otlp/v1/metrics", headers: { "content-type": "application/json", "x-tenant": "a b" } });
  const calls = metric("hearth_calls")?.sum;
  expect(calls).toMatchObject({ aggregationTemporality: 2, isMonotonic: true, dataPoints: [{ asDouble: 3 }] });
  expect(labelsOf(calls?.dataPoints[0])).toMatchObject({ model: "ollama/small", host: "box", outcome: "complete" });
  expect(metric("hearth_cost_usd")?.sum?.dataPoints).toMatchObject([{ asDouble: 0.75 }]);
  expect(metric("hearth_test_gauge")?.gauge?.dataPoints).toMatchObject([{ asDouble: 3 }]);
  const [duration] = metric("hearth_call_duration_seconds")?.histogram?.dataPoints ?? [];
  expect(labelsOf(duration)).toEqual({ model: "ollama/small", purpose: "chat" });
  expect(duration).toMatchObject({ count: "3", sum: expect.closeTo(0.73, 5) });
  // Up to 0.05 s one, and two between 0.25 and 0.5 s.
  expect(duration?.explicitBounds?.slice(0, 4)).toEqual([0.05, 0.1, 0.25, 0.5]);
  expect(duration?.bucketCounts).toEqual(["1", "0", "0", "2", ...Array.from({ length: 9 }, () => "0")]);
  expect(duration?.bucketCounts).toHaveLength((duration?.explicitBounds?.length ?? 0) + 1);
  const nanoseconds = BigInt(duration?.timeUnixNano ?? 0);
  expect(Math.abs(Number(nanoseconds / 1_000_000n) - Date.now())).toBeLessThan(60_000);
  expect(BigInt(duration?.startTimeUnixNano ?? 0)).toBeLessThan(nanoseconds);
});

test("they are sent again and again, and once more at the end", async () => {
  startMetricsExport({ instanceId: "this-process" });
  await expect.poll(() => received.length).toBeGreaterThan(1);
  const before = received.length;
  await stopMetricsExport();
  expect(received.length).toBeGreaterThan(before);
  const last = received.length;
  expect(received.at(-1)?.body.resourceMetrics[0]?.resource.attributes).toContainEqual({
    key: "service.instance.id",
    value: { stringValue: "this-process" },
  });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(received).toHaveLength(last);
});

test("a collector that is down is said once, and again when it is back", async () => {
  status = 503;
  await exportMetrics();
  await exportMetrics();
  expect(logged.match(/could not be sent/g)).toHaveLength(1);
  expect(logged).toContain("it answered 503");
  status = 200;
  await exportMetrics();
  expect(logged.match(/sent to the collector again/g)).toHaveLength(1);
});

test("nothing is sent where no collector is named", async () => {
  withEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: undefined });
  startMetricsExport({ instanceId: "this-process" });
  await new Promise((resolve) => setTimeout(resolve, 120));
  await stopMetricsExport();
  expect(received).toEqual([]);
});
