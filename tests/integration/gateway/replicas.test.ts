import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { openServer } from "@/db/open-server";
import { budgetReservations, budgetSpending, callLeases, limits } from "@/db/schema/gateway";
import { clearCache } from "@/lib/gateway/cache/clear-cache";
import { aUser, until } from "../../support/chat";
import { fakeOllama } from "../../support/fake-ollama";
import { aBudget, aLimit, forgetPolicy } from "../../support/policy";
import { startReplica } from "../../support/replica";
import { emptyServerDatabase } from "../../support/test-server-database";

type Replica = Awaited<ReturnType<typeof startReplica>>;

describe.skipIf(!process.env.TEST_DATABASE_URL)("two processes on one Postgres", () => {
  let empty: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let database: Database;
  const replicas: Replica[] = [];

  beforeAll(async () => {
    empty = await emptyServerDatabase();
    database = await openServer(empty.url);
    setDatabase(database);
    forgetPolicy();
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await database?.close();
    await empty?.drop();
  });

  /** Both processes, started anew so that they read the rules as they are. */
  async function both(): Promise<Replica[]> {
    await Promise.all(replicas.splice(0).map((replica) => replica.close()));
    replicas.push(...(await Promise.all([startReplica(empty.url), startReplica(empty.url)])));
    return replicas;
  }
  const atOnce = async (pair: Replica[], ask: Parameters<Replica["ask"]>[0]) =>
    (await Promise.all(pair.map((replica) => replica.ask(ask)))).reduce((sum, passed) => sum + passed, 0);

  test("a user's messages and sign-ins a minute are counted together", async () => {
    const pair = await both();
    const who = await aUser();
    expect(await atOnce(pair, { verb: "message", who, times: 8 })).toBe(10);
    expect(await atOnce(pair, { verb: "sign-in", who: `${who}@example.org`, times: 8 })).toBe(10);
  });

  test("requests a minute and calls at once are counted together, and one that ends in one process makes room in the other", async () => {
    const [quick, busy] = [await aUser(), await aUser()];
    await aLimit({ subjectKind: "user", subjectId: quick, requestsPerMinute: 7 });
    await aLimit({ subjectKind: "user", subjectId: busy, parallel: 5 });
    const pair = await both();
    expect(await atOnce(pair, { verb: "call", who: quick, times: 10 })).toBe(7);
    expect(await atOnce(pair, { verb: "call", who: busy, times: 10 })).toBe(5);
    await atOnce(pair, { verb: "end" });
    expect(await database.db.select().from(callLeases)).toEqual([]);
    expect(await pair[1]?.ask({ verb: "call", who: busy, times: 10 })).toBe(5);
    await database.db.delete(limits);
  });

  test("50 calls at once over both processes never overspend a budget, and what they spent is added up", async () => {
    const who = await aUser();
    await aBudget({ subjectKind: "user", subjectId: who, limitUsd: 0.205 });
    const pair = await both();
    expect(await atOnce(pair, { verb: "call", who, times: 25 })).toBe(20);
    await atOnce(pair, { verb: "end" });
    const [spent] = await database.db.select().from(budgetSpending);
    expect(spent?.spentUsd).toBeCloseTo(0.2, 9);
    expect(await database.db.select().from(budgetReservations)).toEqual([]);
    expect(await atOnce(pair, { verb: "call", who, times: 25 })).toBe(0);
  });

  test("one process is given the answers that the other kept, until they are cleared anywhere", async () => {
    const host = await fakeOllama();
    process.env.OLLAMA_BASE_URL = host.url;
    try {
      const who = await aUser();
      const [first, second] = await both();
      expect(await first?.ask({ verb: "question", who, times: 10 })).toBe(0);
      expect(await second?.ask({ verb: "question", who, times: 10 })).toBe(10);
      expect(host.chats).toHaveLength(10);
      await clearCache({ caller: { userId: who, role: "user" }, mine: true });
      // The other holds the answers in memory too, and is told to forget them.
      await until(async () => (await second?.ask({ verb: "question", who, times: 10 })) === 0);
      expect(host.chats).toHaveLength(20);
    } finally {
      delete process.env.OLLAMA_BASE_URL;
      await host.close();
    }
  });
});
