import { EventSourceParserStream } from "eventsource-parser/stream";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as list } from "@/app/api/v1/logs/route";
import { GET as stream } from "@/app/api/v1/logs/stream/route";
import { type Database, setDatabase } from "@/db/database";
import { insertLines } from "@/db/queries/log-lines";
import { logLines } from "@/db/schema/log-lines";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import type { LogLine } from "@/lib/monitoring/logs/contract";
import { bearer, forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { getAs, madeKey, revokeKey } from "../../support/api-keys";
import { databaseKinds, freshDatabase } from "../../support/database";
import type { RouteHandler } from "../../support/route-files";

const aLine = (text: string, given: Partial<LogLine> = {}) => {
  const { at, ...rest } = { at: new Date().toISOString(), ...given };
  return {
    ...{ id: newId(), at: new Date(at), instanceId: newId(), level: 30, text, rest: {}, requestId: null, userId: null, runId: null },
    ...rest,
  };
};
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const patient = { timeout: 15_000, interval: 20 };

describe.each(databaseKinds)("the log over the API on %s", (kind) => {
  let database: Database;
  let admin: Session;
  const open: AbortController[] = [];

  beforeAll(async () => {
    clearProcessGlobal("log-store");
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open", HEARTH_LOCAL_MODEL: "off" });
    database = await freshDatabase(kind);
    forgetAttempts();
    admin = await registered();
  });
  beforeEach(async () => {
    for (const one of open.splice(0)) one.abort();
    setDatabase(database);
    await database.db.delete(logLines);
  });
  afterAll(async () => {
    for (const one of open.splice(0)) one.abort();
    await database.close();
  });

  const stored = (...lines: ReturnType<typeof aLine>[]) => insertLines(database.db, lines);
  const listed = async (query = "") => {
    const answer = (await (await getAs(admin.accessToken, list, query)).json()) as { items: LogLine[]; nextCursor: string | null };
    return { texts: answer.items.map(({ text }) => text), ...answer };
  };

  /** Follows the log as a client does, which reads as fast as events come. */
  async function follow(query = "", { token = admin.accessToken, lastEventId = "" } = {}) {
    const headers = { ...bearer(token), ...(lastEventId && { "last-event-id": lastEventId }) };
    const request = new Request(`http://localhost:3000/${query}`, { headers });
    const response = await (stream as RouteHandler)(request, { params: Promise.resolve({}) });
    const gone = new AbortController();
    open.push(gone);
    const events: { id?: string; text: string }[] = [];
    let isOver = false;
    let position: string | undefined;
    const text = response.body?.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>);
    const read = text
      ?.pipeThrough(new EventSourceParserStream())
      .pipeTo(
        new WritableStream({
          write: ({ id, event, data }) => {
            position = id ?? position;
            if (event !== "position") events.push({ id, text: (JSON.parse(data) as LogLine).text });
          },
        }),
        { signal: gone.signal },
      )
      .catch(() => {});
    void read?.then(() => {
      isOver = true;
    });
    return {
      events,
      position: () =>
        expect
          .poll(() => position, patient)
          .toBeTruthy()
          .then(() => position),
      texts: () => events.map((event) => event.text),
      has: (...texts: string[]) => expect.poll(() => events.map((event) => event.text), patient).toEqual(texts),
      ended: () => expect.poll(() => isOver, patient).toBe(true),
      close: async () => {
        gone.abort();
        await read;
      },
    };
  }

  test("a list has the newest first, page by page, each line once", async () => {
    await stored(...Array.from({ length: 7 }, (_, index) => aLine(`line ${index}`, { at: minutesAgo(index) })));
    const first = await listed("?limit=4");
    expect(first.texts).toEqual(["line 0", "line 1", "line 2", "line 3"]);
    const second = await listed(`?limit=4&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ texts: ["line 4", "line 5", "line 6"], nextCursor: null });
  });

  test("a list is narrowed by severity, words, request, person, run and time", async () => {
    await stored(
      aLine("plain", { at: minutesAgo(5) }),
      aLine("severe", { level: 50, requestId: "request-one", at: minutesAgo(4) }),
      aLine("hers", { userId: admin.user.id, at: minutesAgo(3) }),
      aLine("of a run", { runId: "run-one", rest: { host: "Box-7" }, at: minutesAgo(2) }),
    );
    const cases: [string, string[]][] = [
      ["level=warn", ["severe"]],
      ["text=box-7", ["of a run"]],
      ["requestId=request-one", ["severe"]],
      [`userId=${admin.user.id}`, ["hers"]],
      [`userId=${encodeURIComponent(admin.user.email.toUpperCase())}`, ["hers"]],
      ["runId=run-one", ["of a run"]],
      [`from=${minutesAgo(3.5)}`, ["of a run", "hers"]],
      [`from=${minutesAgo(4.5)}&to=${minutesAgo(2.5)}`, ["hers", "severe"]],
    ];
    for (const [query, texts] of cases) expect([query, (await listed(`?${query}`)).texts]).toEqual([query, texts]);
  });

  test("a stream begins with the next line, with the last so many, or from a moment on, and then follows", async () => {
    await stored(...[4, 3, 2].map((minutes) => aLine(`${minutes} minutes ago`, { at: minutesAgo(minutes) })));
    // Older than what a stream on a server may not have seen yet.
    await expect
      .poll(
        async () => (await database.query("select 1 from log_lines where stored_at < now() - interval '1.2 s'", [])).rows.length,
        patient,
      )
      .toBe(3);
    const [next, last, since] = [await follow(), await follow("?limit=2"), await follow(`?from=${minutesAgo(3.5)}`)];
    await last.has("3 minutes ago", "2 minutes ago");
    await since.has("3 minutes ago", "2 minutes ago");
    await stored(aLine("new"), aLine("quiet", { level: 20 }));
    await next.has("new", "quiet");
    await last.has("3 minutes ago", "2 minutes ago", "new", "quiet");
    const severe = await follow("?level=error&limit=5");
    await stored(aLine("mild"), aLine("severe", { level: 50 }));
    await severe.has("severe");
  });

  test("who goes on after a break has every line, in order and once, though most of them came meanwhile", async () => {
    const first = await follow("?limit=1");
    const texts = Array.from({ length: 1_250 }, (_, index) => `line ${index}`);
    const part = (from: number, to: number) => texts.slice(from, to).map((text) => aLine(text));
    await stored(...part(0, 100));
    await expect.poll(() => first.events.length, patient).toBeGreaterThan(60);
    await first.close();
    const had = first.events.slice(0, 60);
    await stored(...part(100, 700));
    await stored(...part(700, 1_250));
    const again = await follow("", { lastEventId: had.at(-1)?.id });
    await expect.poll(() => again.events.length, patient).toBe(1_250 - 60);
    expect([...had.map(({ text }) => text), ...again.texts()]).toEqual(texts);
    const byQuery = await follow(`?cursor=${again.events.at(-2)?.id}`);
    await byQuery.has("line 1249");
  });

  test("who had no line before the break has all that came in it", async () => {
    const silent = await follow();
    const lastEventId = await silent.position();
    await silent.close();
    await stored(aLine("meanwhile"));
    await (await follow("", { lastEventId })).has("meanwhile");
  });

  test("a database that is away for a moment ends no stream, and what was stored after it comes", async () => {
    const here = await follow("?limit=1");
    await stored(aLine("before"));
    await here.has("before");
    const fail = () => {
      throw new Error("gone");
    };
    let asked = 0;
    const select = () => {
      asked += 1;
      return fail();
    };
    setDatabase({ ...database, db: { select, insert: fail } } as unknown as Database);
    await expect.poll(() => asked, patient).toBeGreaterThan(0);
    setDatabase(database);
    await stored(aLine("after"));
    await here.has("before", "after");
  });

  test("a stream ends with its key, and nothing that comes afterwards is told", async () => {
    const { id, key } = await madeKey(admin.accessToken, { scopes: ["admin"] });
    const here = await follow("?limit=1", { token: key });
    await stored(aLine("while it stood"));
    await here.has("while it stood");
    await revokeKey(admin.accessToken, id);
    await here.ended();
    expect(here.texts()).toEqual(["while it stood"]);
  });

  test("only admins and keys that may do what admins do read it", async () => {
    const { accessToken } = await registered();
    const { key } = await madeKey(admin.accessToken, { scopes: ["chat"] });
    for (const handler of [list, stream]) {
      expect((await getAs(accessToken, handler)).status).toBe(403);
      expect((await getAs(key, handler)).status).toBe(403);
      expect((await getAs(admin.accessToken, handler, "?cursor=made-up")).status).toBe(400);
      expect((await getAs(admin.accessToken, handler, "?level=loud")).status).toBe(400);
    }
  });
});
