import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { calls } from "@/db/schema/gateway";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { flushCalls, maxWaiting, saveCall } from "@/lib/monitoring/calls/save-call";
import { freshDatabase } from "@/tests/support/database";
import { aRecord, forgetPolicy } from "@/tests/support/policy";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
  forgetPolicy();
});
afterAll(() => database.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(async () => {
  vi.useRealTimers();
  setDatabase(database);
  clearProcessGlobal("gateway-calls");
  await database.db.delete(calls);
});

const endCall = () => saveCall(aRecord(), { userId: null, purpose: "chat" });

/** Attempts to store hang until they are told to succeed, though they store nothing, or to fail. */
function hangingDatabase() {
  const attempts: { succeed: () => void; fail: () => void }[] = [];
  const execute = () => new Promise<void>((resolve, reject) => attempts.push({ succeed: resolve, fail: () => reject(new Error("gone")) }));
  setDatabase({ ...database, db: Object.assign(Object.create(database.db), { execute }) });
  return attempts;
}

test("while an attempt to store hangs no other is begun, and after its failure comes the pause", async () => {
  const attempts = hangingDatabase();
  for (let made = 0; made < 20; made += 1) {
    endCall();
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(attempts).toHaveLength(1);
  attempts[0]?.fail();
  await vi.advanceTimersByTimeAsync(499);
  expect(attempts).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(attempts).toHaveLength(2);
  attempts[1]?.fail();
  setDatabase(database);
  await flushCalls();
  expect(await database.db.select().from(calls)).toHaveLength(20);
});

test("a flush waits for the attempt under way and one of its own, however many calls ended meanwhile", async () => {
  const attempts = hangingDatabase();
  for (let made = 0; made < 20; made += 1) {
    endCall();
    await vi.advanceTimersByTimeAsync(250);
  }
  const flushed = flushCalls();
  attempts[0]?.fail();
  await vi.waitUntil(() => attempts.length === 2);
  attempts[1]?.fail();
  await flushed;
  expect(attempts).toHaveLength(2);
});

test("the newest 10,000 wait, also while an attempt hangs", async () => {
  const attempts = hangingDatabase();
  endCall();
  await vi.advanceTimersByTimeAsync(250);
  for (let made = 0; made < maxWaiting + 5; made += 1) endCall();
  attempts[0]?.succeed();
  setDatabase(database);
  await flushCalls();
  expect(await database.db.$count(calls)).toBe(maxWaiting);
});
