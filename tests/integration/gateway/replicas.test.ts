import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { openServer } from "@/db/open-server";
import { insertGroup } from "@/db/queries/groups";
import { budgetReservations, budgetSpending, callLeases, limits } from "@/db/schema/gateway";
import { newId } from "@/lib/core/ids";
import { clearCache } from "@/lib/gateway/cache/clear-cache";
import { aUser, until } from "../../support/chat";
import { fakeOllama } from "../../support/fake-ollama";
import { aBudget, aLimit, forgetPolicy, pricedModel } from "../../support/policy";
import { startReplica } from "../../support/replica";
import { emptyServerDatabase } from "../../support/test-server-database";

type Replica = Awaited<ReturnType<typeof startReplica>>;
type Ask = Parameters<Replica["ask"]>[0];

/** A model with a list price beside the one that calls are made to. */
const otherModel = "openai/gpt-5.4-mini";

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
  /** Asks both at once, the same of both unless there is a second thing to ask. @returns how many of the tries passed in both together */
  const atOnce = async (pair: Replica[], first: Ask, second = first) =>
    (await Promise.all(pair.map((replica, index) => replica.ask(index === 0 ? first : second)))).reduce((sum, passed) => sum + passed, 0);

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

  /** A group, a key and a model; `call` makes eight calls in each process that count for that one and not for the others. */
  async function subjects() {
    const [member, other, outsider, keyId] = [await aUser(), await aUser(), await aUser(), newId()];
    const group = await insertGroup(database.db, { id: newId(), name: `Research ${keyId}`, members: [member, other] });
    const calls = (who: string, more: { keyId?: string; model?: string } = {}): Ask => ({
      verb: "call",
      who,
      times: 8,
      model: otherModel,
      ...more,
    });
    const subject = (subjectKind: "group" | "key" | "model", subjectId: string, first: Ask, second = first) => ({
      subject: { subjectKind, subjectId },
      call: (pair: Replica[]) => atOnce(pair, first, second),
    });
    return [
      subject("group", group.id, calls(member), calls(other)),
      subject("key", keyId, calls(outsider, { keyId })),
      subject("model", pricedModel, calls(outsider, { model: pricedModel })),
    ];
  }

  test("limits of a group, a key and a model are counted together, and so are tokens a minute", async () => {
    const all = await subjects();
    for (const { subject } of all) await aLimit({ ...subject, requestsPerMinute: 5 });
    const who = await aUser();
    await aLimit({ subjectKind: "user", subjectId: who, tokensPerMinute: 9_000 });
    const pair = await both();
    for (const { subject, call } of all) expect(await call(pair), subject.subjectKind).toBe(5);
    // Each call may take 1,500 tokens.
    expect(await atOnce(pair, { verb: "call", who, times: 8, model: otherModel })).toBe(6);
    await database.db.delete(limits);
  });

  test("budgets of a group, a key and a model are never overspent by both together, and neither is one of tokens", async () => {
    const all = await subjects();
    for (const { subject } of all) await aBudget({ ...subject, limitTokens: 8_000 });
    const who = await aUser();
    await aBudget({ subjectKind: "user", subjectId: who, period: "month", limitTokens: 10_000 });
    await aBudget({ subjectKind: "user", subjectId: who, period: "day", limitUsd: 100 });
    const pair = await both();
    for (const { subject, call } of all) expect(await call(pair), subject.subjectKind).toBe(5);
    expect(await atOnce(pair, { verb: "call", who, times: 8, model: otherModel })).toBe(6);
    await atOnce(pair, { verb: "end" });
    expect(await database.db.select().from(budgetReservations)).toEqual([]);
    for (const { subject, call } of all) expect(await call(pair), subject.subjectKind).toBe(0);
    await atOnce(pair, { verb: "end" });
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
