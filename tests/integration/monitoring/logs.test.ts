import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as download } from "@/app/api/monitoring/logs/route";
import { GET as follow } from "@/app/api/monitoring/logs/stream/route";
import { GET as listKeys } from "@/app/api/v1/keys/route";
import { type Database, setDatabase } from "@/db/database";
import { insertLines } from "@/db/queries/log-lines";
import { logLines } from "@/db/schema/log-lines";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import { createLog, lineKeeper, log } from "@/lib/core/log";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
import type { LogLine } from "@/lib/monitoring/logs/contract";
import { flushLines } from "@/lib/monitoring/logs/flush-lines";
import { startLogLoop, stopLogLoop, tidyLines } from "@/lib/monitoring/logs/log-loop";
import { logStore, onLines, tellLines } from "@/lib/monitoring/logs/log-store";
import { toLine } from "@/lib/monitoring/logs/to-line";
import { metricsText } from "@/lib/monitoring/metrics/registry";
import { forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { getAs, madeKey } from "../../support/api-keys";
import { databaseKinds, freshDatabase } from "../../support/database";
import { tailLog } from "../../support/tail-log";

const self = newId();
const nobody = { requestId: null, userId: null, runId: null };
const aLine = (given: Partial<typeof logLines.$inferInsert> = {}) => ({
  ...{ id: newId(), at: new Date(), instanceId: newId(), level: 30, text: "a line", rest: {}, ...nobody },
  ...given,
});

describe.each(databaseKinds)("log lines on %s", (kind) => {
  let database: Database;
  let admin: Session;

  beforeAll(async () => {
    clearProcessGlobal("log");
    clearProcessGlobal("log-store");
    withEnvironment({ LOG_LEVEL: "debug", HEARTH_SIGNUP: "open", HEARTH_LOCAL_MODEL: "off" });
    processGlobal("log", () => createLog("debug", { write: (line: string) => lineKeeper().keep?.(line) }));
    database = await freshDatabase(kind);
    forgetAttempts();
    admin = await registered();
    startLogLoop({ instanceId: self });
  });
  afterAll(async () => {
    await stopLogLoop();
    await database.close();
    clearProcessGlobal("log");
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_LOGS_MAX_LINES: undefined });
  });
  beforeEach(async () => {
    await flushLines();
    await database.db.delete(logLines);
  });

  const stored = async () => {
    await flushLines();
    return database.db.select().from(logLines).orderBy(logLines.at, logLines.id);
  };
  const downloaded = async (query = "") => {
    const text = await (await getAs(admin.accessToken, download, query)).text();
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LogLine);
  };

  const tail = (query = "") => tailLog(admin.accessToken, query);

  test("a line is a row with its time, severity, ids and other fields", async () => {
    log().child({ requestId: "a-request", userId: admin.user.id }).warn({ runId: "a-run", model: "small", ms: 12 }, "it was slow");
    expect(await stored()).toMatchObject([
      {
        ...{ instanceId: self, level: 40, text: "it was slow", requestId: "a-request", userId: admin.user.id, runId: "a-run" },
        rest: { model: "small", ms: 12 },
      },
    ]);
  });

  test("keys, tokens, passwords and cookies arrive neither in a field nor in the words of a line", async () => {
    const { key } = await madeKey(admin.accessToken);
    const secrets = [key, admin.accessToken, admin.refreshToken, "hunter22hunter22", "sk-proj-0123456789abcdef"];
    log().info({ apiKey: key, headers: { authorization: `Bearer ${admin.accessToken}` }, refreshToken: admin.refreshToken }, "fields");
    log().error({ err: new Error(`401 for Bearer ${admin.accessToken}, ${key}, sk-proj-0123456789abcdef`) }, `said ${key}`);
    log().warn({ address: "postgres://ada:hunter22hunter22@db.example.org/hearth" }, "an address");
    await getAs(key, listKeys);
    const rows = await stored();
    expect(rows.filter(({ text }) => /fields|said|an address/.test(text))).toHaveLength(3);
    const text = JSON.stringify(rows);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain("db.example.org/hearth");
  });

  test("what no database takes does not keep other lines from being stored", async () => {
    log().info({ odd: "a\u0000b \ud800", long: "x".repeat(50_000) }, "nul \u0000 and half \udc00");
    log().info("the next");
    const rows = await stored();
    expect(rows.map(({ text }) => text)).toEqual(["nul  and half \ufffd", "the next"]);
    expect(JSON.stringify(rows[0]?.rest).length).toBeLessThan(20_000);
  });

  test("lines of a time without a database are kept and stored after it, each once", async () => {
    const fail = () => {
      throw new Error("gone");
    };
    const away = { ...database, db: { insert: fail, select: fail } } as unknown as Database;
    setDatabase(away);
    log().info("while it was away");
    await flushLines();
    setDatabase(database);
    expect(await stored()).toEqual([]);
    logStore().retryAt = 0;
    const texts = (await stored()).map(({ text }) => text);
    expect(texts.filter((text) => text === "while it was away")).toHaveLength(1);
    expect(texts).toContain("log lines could not be stored; they are kept and tried again");
  });

  test("more lines than can be stored are dropped, and how many is said", async () => {
    for (let count = 0; count < 5_007; count++) log().debug("flood");
    const rows = await stored();
    expect(rows.filter(({ text }) => text === "flood").length).toBeGreaterThanOrEqual(4_999);
    expect(rows.map(({ text }) => text)).toContain("7 log lines were not stored: they came faster than the database takes them");
    expect((await metricsText()).text).toContain("hearth_log_lines_dropped 7");
  });

  test("a tail begins with the newest kept lines and has a new one within a second, whatever filter it passes", async () => {
    log().info("before");
    const [all, one] = [await tail(), await tail("?request=only-this&level=warn")];
    await all.has("before");
    log().child({ requestId: "only-this" }).info("not severe");
    log().child({ requestId: "another" }).error("another's");
    log().child({ requestId: "only-this" }).error("this");
    await all.has("another's");
    await one.has("this");
    // One that was written while the newest were read came as one of them too.
    expect([...new Set(one.lines.map(({ text }) => text))]).toEqual(["this"]);
    await Promise.all([all.close(), one.close()]);
    await expect.poll(() => logStore().listeners.size).toBe(0);
  });

  test.runIf(kind === "server")("a tail has the lines of other processes within a second, each once", async () => {
    const here = await tail();
    await sleep(100);
    await insertLines(database.db, [aLine({ text: "from elsewhere" })]);
    await here.has("from elsewhere");
    await sleep(1_200);
    expect(here.lines.filter(({ text }) => text === "from elsewhere")).toHaveLength(1);
    await here.close();
  });

  test.runIf(kind === "server")("of a flood of another process the newest are told, and how many were left out, once", async () => {
    const told = { lines: new Set<string>(), leftOut: 0 };
    // Who followed in the test before knows lines that are no longer there.
    await expect.poll(() => logStore().others).toBeUndefined();
    const here = await tail();
    const stop = onLines((lines, leftOut) => {
      for (const { text } of lines) if (/^(flood|after)/.test(text)) told.lines.add(text);
      told.leftOut += leftOut;
    });
    const flood = Array.from({ length: 5_000 }, (_, index) => aLine({ text: `flood ${index}` }));
    await database.db.transaction(async (tx) => {
      for (let at = 0; at < flood.length; at += 1_000) await insertLines(tx as unknown as Database["db"], flood.slice(at, at + 1_000));
    });
    await expect.poll(() => told.lines.size + told.leftOut, { timeout: 15_000 }).toBe(5_000);
    await insertLines(database.db, [aLine({ text: "after it" })]);
    await expect.poll(() => told.lines.has("after it"), { timeout: 15_000 }).toBe(true);
    await sleep(1_200);
    expect(told.leftOut).toBe(3_000);
    expect(told.lines).toContain("flood 4999");
    expect(here.leftOut()).toBe(3_000);
    stop();
    await here.close();
  });

  test("who stands still is told how many lines it missed when it reads again", async () => {
    const response = await getAs(admin.accessToken, follow);
    for (let count = 0; count < 700; count += 1) tellLines([toLine(aLine({ text: `line ${count}` }))]);
    const reader = response.body?.getReader();
    let text = "";
    await expect
      .poll(
        async () => {
          text += new TextDecoder().decode((await reader?.read())?.value);
          return text;
        },
        { timeout: 15_000, interval: 0 },
      )
      .toContain("event: left-out");
    const sent = text.match(/"text":"line \d+"/g)?.length ?? 0;
    expect(sent + Number(/left-out\ndata: (\d+)/.exec(text)?.[1])).toBe(700);
    await reader?.cancel();
  });

  test("a download has every line that matches, the newest first, beyond one page", async () => {
    const at = (index: number) => new Date(Date.now() - index * 1_000);
    await insertLines(
      database.db,
      Array.from({ length: 1_203 }, (_, index) => aLine({ at: at(index), text: `Line ${index}`, level: index % 2 === 0 ? 30 : 50 })),
    );
    const texts = (await downloaded("?text=line")).map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: 1_203 }, (_, index) => `Line ${index}`));
    expect(await downloaded("?text=line&level=error")).toHaveLength(601);
  });

  test("a person is found by id and by address, and words also in other fields; a percent sign is one", async () => {
    const { id: userId, email } = admin.user;
    await insertLines(database.db, [aLine({ userId, text: "hers" }), aLine({ text: "100 % done", rest: { host: "Box-7" } })]);
    for (const user of [userId, email, email.toUpperCase()])
      expect(await downloaded(`?level=info&user=${encodeURIComponent(user)}`)).toMatchObject([{ text: "hers" }]);
    for (const text of ["box-7", "0 % D"])
      expect(await downloaded(`?text=${encodeURIComponent(text)}`)).toMatchObject([{ text: "100 % done" }]);
    expect(await downloaded("?text=%25x")).toEqual([]);
    expect(await downloaded("?text=a%00b")).toEqual([]);
  });

  test("old lines, and the oldest of too many, are removed", async () => {
    withEnvironment({ HEARTH_LOGS_MAX_LINES: "1000" });
    const at = (index: number) => new Date(Date.now() - index * 1_000);
    await insertLines(database.db, [
      aLine({ at: new Date(Date.now() - 8 * 86_400_000) }),
      ...Array.from({ length: 1_100 }, (_, index) => aLine({ at: at(index) })),
    ]);
    await tidyLines();
    const rows = await stored();
    expect(rows).toHaveLength(1_000);
    expect(rows[0]?.at.getTime()).toBeGreaterThan(Date.now() - 1_100_000);
    withEnvironment({ HEARTH_LOGS_MAX_LINES: undefined });
    await database.db.delete(logLines);
    await insertLines(database.db, [aLine({ at: new Date(Date.now() - 8 * 86_400_000) }), aLine()]);
    await tidyLines();
    expect(await stored()).toHaveLength(1);
  });

  test("nobody but a signed-in admin reads them", async () => {
    const { accessToken } = await registered();
    const { key } = await madeKey(admin.accessToken, { scopes: ["admin"] });
    for (const handler of [follow, download]) {
      expect((await getAs(accessToken, handler)).status).toBe(403);
      expect((await getAs(key, handler)).status).toBe(403);
      expect((await getAs("no-token", handler)).status).toBe(401);
    }
    const response = await getAs(admin.accessToken, download);
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="hearth-logs-.*\.ndjson"$/);
    await response.text();
  });
});
