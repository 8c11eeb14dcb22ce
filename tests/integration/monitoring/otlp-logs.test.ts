import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { newId } from "@/lib/core/ids";
import { createLog, lineKeeper, log } from "@/lib/core/log";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
import { flushLines, takeLine } from "@/lib/monitoring/logs/flush-lines";
import { logStore } from "@/lib/monitoring/logs/log-store";
import { droppedLineExports, finishLineExport } from "@/lib/monitoring/logs/otlp/export-lines";
import { withEnvironment } from "../../support/accounts";
import { freshDatabase } from "../../support/database";
import { otlpReceiver } from "../../support/otlp-receiver";

const self = newId();
const patient = { timeout: 20_000, interval: 30 };
let database: Database;
let collector: Awaited<ReturnType<typeof otlpReceiver>>;
let logged: Record<string, unknown>[] = [];

beforeAll(async () => {
  clearProcessGlobal("log");
  withEnvironment({ LOG_LEVEL: "debug" });
  const write = (line: string) => {
    logged.push(JSON.parse(line));
    lineKeeper().keep?.(line);
  };
  processGlobal("log", () => createLog("debug", { write }));
  database = await freshDatabase();
});
beforeEach(async () => {
  for (const name of ["log-store", "log-exporter", "log-export-failing"]) clearProcessGlobal(name);
  logStore().instanceId = self;
  lineKeeper().keep = takeLine;
  setDatabase(database);
  logged = [];
  collector = await otlpReceiver();
  withEnvironment({
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20abc",
    OTEL_EXPORTER_OTLP_TIMEOUT: "300",
  });
  return async () => {
    // What is still tried again must not come to another test's collector that gets the same port.
    withEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: undefined });
    await collector.close();
  };
});
afterAll(async () => {
  lineKeeper().keep = undefined;
  await database.close();
  clearProcessGlobal("log");
  withEnvironment({ LOG_LEVEL: "silent" });
  withEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: undefined, OTEL_EXPORTER_OTLP_HEADERS: undefined, OTEL_EXPORTER_OTLP_TIMEOUT: undefined });
});

const texts = () => collector.logRecords.map(({ body }) => body.stringValue);
const about = () => logged.filter(({ isAboutLogExport }) => isAboutLogExport === true).map(({ msg }) => msg);

test("lines come to the collector as OTLP's JSON, once, with severity, trace, ids, error and the headers that were set", async () => {
  const runId = newId();
  log()
    .child({ requestId: "a-request", userId: "somebody", runId })
    .warn({ ms: 12, ratio: 0.5, isFast: false, deep: { a: 1 } }, "it was slow");
  log().error({ err: new TypeError("it broke") }, "failed");
  log().debug("a detail");
  await flushLines();
  await expect.poll(texts, patient).toEqual(["it was slow", "failed", "a detail"]);
  expect(collector.faults).toEqual([]);
  expect(collector.taken[0]).toMatchObject({
    path: "/v1/logs",
    headers: { authorization: "Bearer abc", "content-type": "application/json" },
  });
  expect(collector.resources).toContainEqual([
    { key: "service.name", value: { stringValue: "hearth" } },
    { key: "service.instance.id", value: { stringValue: self } },
  ]);
  const [slow, failed, detail] = collector.logRecords;
  expect(slow).toMatchObject({ severityNumber: 13, severityText: "WARN", traceId: runId.replaceAll("-", "") });
  expect(slow?.timeUnixNano).toBe(`${Date.parse(String(logged[0]?.time))}000000`);
  for (const [key, value] of Object.entries({
    ms: { intValue: "12" },
    ratio: { doubleValue: 0.5 },
    isFast: { boolValue: false },
    deep: { stringValue: '{"a":1}' },
    "hearth.request_id": { stringValue: "a-request" },
    "user.id": { stringValue: "somebody" },
  }))
    expect(slow?.attributes).toContainEqual({ key, value });
  expect(failed).toMatchObject({ severityNumber: 17, severityText: "ERROR" });
  expect(failed?.attributes).toContainEqual({ key: "exception.type", value: { stringValue: "TypeError" } });
  expect(failed?.attributes).toContainEqual({ key: "exception.message", value: { stringValue: "it broke" } });
  expect([detail?.severityNumber, detail?.traceId]).toEqual([5, undefined]);
});

test("a collector that refuses for a while gets them when it takes them again, and nothing is dropped", async () => {
  collector.answers.push(503, 429);
  log().info("patience");
  await flushLines();
  await expect.poll(texts, patient).toEqual(["patience"]);
  expect([collector.asked, droppedLineExports(), about()]).toEqual([3, 0, []]);
});

test("what is never taken is dropped, counted and said once; that line is not sent, and the return is said too", async () => {
  collector.answers.push(400, 400, 400);
  for (const text of ["one", "two", "three"]) {
    log().info(text);
    await flushLines();
    await finishLineExport();
    await flushLines();
  }
  await finishLineExport();
  expect(droppedLineExports()).toBe(3);
  expect(collector.asked).toBe(3);
  expect(about()).toEqual(["log lines were not sent to the collector: it answered 400"]);
  log().info("four");
  await flushLines();
  await finishLineExport();
  await flushLines();
  await finishLineExport();
  expect(about().at(-1)).toBe("log lines are sent to the collector again; 3 were not");
  expect([texts(), collector.asked]).toEqual([["four"], 4]);
});

test("a collector that hangs holds nothing up, and no more waits for it than can be held", async () => {
  collector.answers.push(...Array(200).fill("hang"));
  log().info("the first");
  await flushLines();
  const first = finishLineExport();
  for (let count = 0; count < 4_500; count += 1) log().debug("flood");
  await flushLines();
  // The batch that is tried again for seconds still is under way: nobody has waited for it.
  expect(processGlobal<{ sending?: unknown }>("log-exporter", () => ({})).sending).toBeDefined();
  expect(droppedLineExports()).toBeGreaterThanOrEqual(4_500 - 4_096);
  expect(processGlobal<{ waiting: unknown[] }>("log-exporter", () => ({ waiting: [] })).waiting.length).toBeLessThanOrEqual(4_096);
  await first;
});
