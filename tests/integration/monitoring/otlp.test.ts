import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { droppedExports, finishExport } from "@/lib/monitoring/spans/otlp/export-spans";
import { toOtlp } from "@/lib/monitoring/spans/otlp/to-otlp";
import { flushSpans } from "@/lib/monitoring/spans/span-queue";
import { startTrace } from "@/lib/monitoring/spans/start-span";
import { saveTraceSettings } from "@/lib/monitoring/spans/trace-settings";
import { withEnvironment } from "../../support/accounts";
import { aUser, until } from "../../support/chat";
import { freshDatabase } from "../../support/database";
import { otlpReceiver, otlpTraces } from "../../support/otlp-receiver";
import { storedSpans } from "../../support/trace-tree";

let database: Database;
let collector: Awaited<ReturnType<typeof otlpReceiver>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const name of ["trace-settings", "span-queue", "span-exporter"]) clearProcessGlobal(name);
  collector = await otlpReceiver();
  withEnvironment({
    LOG_LEVEL: "silent",
    HEARTH_TRACES: "on",
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20abc, x-team = blue",
    OTEL_EXPORTER_OTLP_TIMEOUT: "300",
  });
});
afterEach(async () => {
  setDatabase(database);
  await flushSpans();
  await collector.close();
  withEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: undefined, OTEL_EXPORTER_OTLP_HEADERS: undefined, OTEL_EXPORTER_OTLP_TIMEOUT: undefined });
});

/** A run with a call that failed and a tool. */
async function record() {
  const root = startTrace({
    kind: "run",
    name: "Reply",
    ownerId: await aUser(),
    isLive: true,
    facts: { costUsd: 0.25, tokensEstimated: true },
  });
  const call = root.child({ kind: "model", name: "chat ollama/a", facts: { inputTokens: 11, requestModel: "ollama/a" } });
  call.tell({ input: "[]" });
  call.end({ error: "No host answered." });
  root.child({ kind: "tool", name: "calculator" }).end({ status: "stopped" });
  root.end();
  return root.traceId;
}

test("spans that are over come to the collector as OTLP's JSON, once, with the headers that were set", async () => {
  await saveTraceSettings({ traceContent: "on" });
  const traceId = await record();
  await flushSpans();
  await until(() => collector.taken.length > 0);
  expect(collector.faults).toEqual([]);
  expect(collector.taken[0]).toMatchObject({ path: "/v1/traces", headers: { authorization: "Bearer abc", "x-team": "blue" } });
  const { spans } = collector;
  expect(spans.map(({ name, kind, status }) => [name, kind, status])).toEqual([
    ["Reply", 1, { code: 1 }],
    ["chat ollama/a", 3, { code: 2, message: "No host answered." }],
    ["calculator", 1, { code: 0 }],
  ]);
  expect(spans.map((span) => span.traceId)).toEqual(Array(3).fill(traceId.replaceAll("-", "")));
  expect(spans.map((span) => span.parentSpanId)).toEqual([undefined, spans[0]?.spanId, spans[0]?.spanId]);
  expect(spans[0]?.attributes).toContainEqual({ key: "hearth.cost_usd", value: { doubleValue: 0.25 } });
  expect(spans[0]?.attributes).toContainEqual({ key: "hearth.tokens_estimated", value: { boolValue: true } });
  expect(spans[1]?.attributes).toContainEqual({ key: "gen_ai.usage.input_tokens", value: { intValue: "11" } });
  expect(spans[1]?.attributes).toContainEqual({ key: "gen_ai.input.messages", value: { stringValue: "[]" } });
  const first = (await storedSpans()).find((span) => span.traceId === traceId);
  expect(spans[0]?.startTimeUnixNano).toBe(`${first?.startedAt.getTime()}000000`);
});

test("a collector that refuses for a while gets them when it takes them again", async () => {
  collector.answers.push(503, 429);
  await record();
  await flushSpans();
  await until(() => collector.spans.length === 3, 8_000);
  expect([collector.asked, droppedExports()]).toEqual([3, 0]);
});

test("a collector that hangs holds nothing up, and what it never took is dropped and counted", async () => {
  collector.answers.push(...Array(20).fill("hang"));
  const traceId = await record();
  await flushSpans();
  // It has not waited: to give the collector up takes five tries of 300 ms.
  expect(droppedExports()).toBe(0);
  const endingAt = performance.now();
  await finishExport();
  expect(performance.now() - endingAt, "the two seconds that the end of the process waits").toBeLessThan(6_000);
  await until(() => droppedExports() === 3, 15_000);
  expect(collector.asked).toBe(5);
  expect((await storedSpans()).filter((span) => span.traceId === traceId)).toHaveLength(3);
}, 20_000);

test("one that will not have them is not asked again", async () => {
  collector.answers.push(400);
  await record();
  await flushSpans();
  await until(() => droppedExports() === 3);
  expect(collector.asked).toBe(1);
});

test("they come to the collector also while the database is away, and not once more when it is back", async () => {
  const traceId = await record();
  setDatabase(null);
  await flushSpans();
  await until(() => collector.spans.length === 3);
  setDatabase(database);
  await flushSpans();
  await finishExport();
  expect(collector.spans).toHaveLength(3);
  expect((await storedSpans()).filter((span) => span.traceId === traceId)).toHaveLength(3);
});

test("one that goes on is exported as far as it is, and still is OTLP", async () => {
  startTrace({ kind: "run", name: "Reply", ownerId: await aUser(), isLive: true });
  const rows = await storedSpans();
  expect(otlpTraces.safeParse(JSON.parse(JSON.stringify(toOtlp(rows)))).success).toBe(true);
});
