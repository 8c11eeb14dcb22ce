import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { spans } from "@/db/schema/spans";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { sweepSpans } from "@/lib/monitoring/spans/span-loop";
import { flushSpans, maxWaiting, spanCounts } from "@/lib/monitoring/spans/span-queue";
import { startTrace } from "@/lib/monitoring/spans/start-span";
import { saveTraceSettings } from "@/lib/monitoring/spans/trace-settings";
import { withEnvironment } from "../../support/accounts";
import { aUser } from "../../support/chat";
import { databaseKinds, freshDatabase } from "../../support/database";
import { storedSpans } from "../../support/trace-tree";

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
const aTrace = (given: Partial<Parameters<typeof startTrace>[0]> = {}) =>
  startTrace({ kind: "model", name: "API call", ownerId: null, ...given });

describe.each(databaseKinds)("recording spans on %s", (kind) => {
  let database: Database;
  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_TRACES: "on" });
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => {
    for (const name of ["trace-settings", "span-queue"]) clearProcessGlobal(name);
  });
  afterEach(async () => {
    setDatabase(database);
    await flushSpans();
    await database.db.delete(spans);
    withEnvironment({ HEARTH_TRACES: "on" });
  });

  test("while the database is away spans wait up to a bound, the others are dropped and counted, and those that waited are stored when it is back", async () => {
    setDatabase(null);
    for (let made = 0; made < maxWaiting; made += 1) aTrace().end();
    await flushSpans();
    expect(spanCounts()).toEqual({ waiting: maxWaiting, dropped: 0 });
    for (let made = 0; made < 25; made += 1) aTrace({ name: "too late" }).end();
    expect(spanCounts()).toEqual({ waiting: maxWaiting, dropped: 25 });
    await flushSpans();
    expect(spanCounts()).toEqual({ waiting: maxWaiting, dropped: 25 });
    setDatabase(database);
    const stored = await storedSpans();
    expect(stored).toHaveLength(maxWaiting);
    expect(stored.filter(({ name }) => name === "too late")).toEqual([]);
    expect(spanCounts().waiting).toBe(0);
  });

  test("what is said is bounded in memory too", async () => {
    await saveTraceSettings({ traceContent: "on" });
    setDatabase(null);
    const input = "x".repeat(16_000);
    for (let made = 0; made < 1_200; made += 1) {
      const span = aTrace();
      span.tell({ input, output: input });
      span.end();
    }
    const { waiting, dropped } = spanCounts();
    expect(waiting).toBeLessThan(520);
    expect(dropped).toBe(1_200 - waiting);
  });

  test("a span of an account that was deleted meanwhile does not take the others with it, and no character that Postgres refuses does", async () => {
    await saveTraceSettings({ traceContent: "on" });
    aTrace({ ownerId: newId() }).end();
    const odd = aTrace({ ownerId: await aUser(), name: "odd" });
    odd.tell({ input: "a\0b\ud800", output: "y".repeat(20_000) });
    odd.end({ error: new Error("c\0d") });
    const [only, ...others] = await storedSpans();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name: "odd", status: "error", input: "ab\ufffd", error: "cd" });
    expect(only?.output).toMatch(/^y{16000}… \(cut after 16000 of 20000 characters\)$/);
  });

  test("a span that goes on is stored when it begins, and its end takes the place of that", async () => {
    const root = aTrace({ isLive: true });
    const part = root.child({ kind: "attempt", name: "ollama" });
    expect((await storedSpans()).map(({ status, endedAt }) => [status, endedAt])).toEqual([
      ["running", null],
      ["running", null],
    ]);
    part.end({ status: "stopped" });
    part.end({ error: "Only the first end counts." });
    root.end();
    expect((await storedSpans()).map(({ status, error }) => [status, error])).toEqual([
      ["ok", null],
      ["stopped", null],
    ]);
  });

  test("spans older than they are kept are removed, and those whose process died come to an end", async () => {
    await saveTraceSettings({ traceKeepDays: 7 });
    aTrace({ name: "old", startedAt: daysAgo(7.1) }).end();
    aTrace({ name: "kept", startedAt: daysAgo(6.9) }).end();
    aTrace({ name: "lost", startedAt: daysAgo(1.1), isLive: true });
    aTrace({ name: "going on", isLive: true });
    expect(await storedSpans()).toHaveLength(4);
    await sweepSpans();
    expect((await storedSpans()).map(({ name, status }) => [name, status])).toEqual([
      ["kept", "ok"],
      ["lost", "stopped"],
      ["going on", "running"],
    ]);
  });

  test("nothing is recorded where that is switched off", async () => {
    withEnvironment({ HEARTH_TRACES: "off" });
    const root = aTrace({ isLive: true });
    root.child({ kind: "tool", name: "calculator" }).end();
    root.end();
    expect(await storedSpans()).toEqual([]);
  });
});
