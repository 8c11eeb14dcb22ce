import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as follow } from "@/app/api/monitoring/changes/route";
import { POST as logOut } from "@/app/api/v1/auth/logout/route";
import type { Database } from "@/db/database";
import { calls } from "@/db/schema/gateway";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { followChanges } from "@/lib/monitoring/live/follow-changes";
import { hearChanges, tellChange } from "@/lib/monitoring/live/tell-change";
import { startRollUpLoop, stopRollUpLoop } from "@/lib/monitoring/rollups/roll-up-loop";
import { flushSpans } from "@/lib/monitoring/spans/span-queue";
import { startTrace } from "@/lib/monitoring/spans/start-span";
import { bearer, forgetAttempts, post, registered, withEnvironment } from "../../support/accounts";
import { getAs, madeKey } from "../../support/api-keys";
import { databaseKinds, freshDatabase } from "../../support/database";
import { aCall } from "../../support/known-calls";

type Told = { type: string; now?: Record<string, unknown> };

describe.each(databaseKinds)("pages that are told what is new on %s", (kind) => {
  let database: Database;
  let admin: Session;
  let ann: Session;
  let bob: Session;
  const open: (() => unknown)[] = [];

  beforeAll(async () => {
    withEnvironment({ HEARTH_SIGNUP: "open", HEARTH_LOCAL_MODEL: "off" });
    clearProcessGlobal("monitoring-changes");
    database = await freshDatabase(kind);
    forgetAttempts();
    [admin, ann, bob] = [await registered(), await registered(), await registered()];
    await hearChanges();
  });
  afterAll(async () => {
    for (const close of open) await close();
    await database.close();
  });

  /** Follows, and gives what has been told so far. */
  async function told(who: Session, query: string) {
    const response = await getAs(who.accessToken, follow, query);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const events: Told[] = [];
    let [rest, isOver] = ["", false];
    const read = async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        const whole = (rest + part.value).split("\n\n");
        rest = whole.pop() ?? "";
        for (const event of whole) if (event.startsWith("data: ")) events.push(JSON.parse(event.slice(6)) as Told);
      }
      isOver = true;
    };
    void read();
    open.push(() => reader?.cancel());
    return { changes: () => events.filter(({ type }) => type === "changed").length, events, isOver: () => isOver };
  }

  const until = (read: () => unknown, wanted: unknown) => expect.poll(read, { timeout: 20_000, interval: 20 }).toEqual(wanted);

  test("a call that was added up is told to its owner and to admins, and to nobody else", async () => {
    const pages = await Promise.all([admin, ann, bob].map((who) => told(who, "?of=calls")));
    const ofAlerts = await told(admin, "?of=alerts");
    await database.db.insert(calls).values([aCall({ startedAt: new Date(), ownerId: ann.user.id })]);
    startRollUpLoop();
    await until(() => pages.slice(0, 2).map((page) => page.changes()), [1, 1]);
    await stopRollUpLoop();
    expect([pages[2]?.changes(), ofAlerts.changes()]).toEqual([0, 0]);
  });

  test("a trace is told when it begins and ends: to the list of its owner, and to its own page only", async () => {
    const trace = startTrace({ kind: "run", name: "Reply", ownerId: ann.user.id, isLive: true });
    const [list, own, another, bobs] = await Promise.all([
      told(ann, "?of=traces"),
      told(admin, `?of=traces&trace=${trace.traceId}`),
      told(admin, `?of=traces&trace=${newId()}`),
      told(bob, `?of=traces&trace=${trace.traceId}`),
    ]);
    await flushSpans();
    await until(() => [list.changes(), own.changes()], [1, 1]);
    trace.end();
    await flushSpans();
    await until(() => [list.changes(), own.changes()], [2, 2]);
    expect([another.changes(), bobs.changes()]).toEqual([0, 0]);
  });

  test("of a burst a page is told at most once a second, the last of it included", async () => {
    const page = await told(ann, "?of=calls");
    const tell = () => tellChange({ of: "calls", changed: [{ ownerId: ann.user.id }] });
    for (let count = 0; count < 50; count += 1) tell();
    expect(page.changes()).toBeLessThanOrEqual(1);
    await until(page.changes, 2);
    await sleep(1_200);
    expect(page.changes()).toBe(2);
  });

  test("what changed between the making of a page and its stream is told at once", async () => {
    const madeAt = new Date(Date.now() - 1);
    tellChange({ of: "calls", changed: [{ ownerId: ann.user.id }] });
    const [since, later, bobs] = await Promise.all([
      told(ann, `?of=calls&since=${madeAt.toISOString()}`),
      told(ann, `?of=calls&since=${new Date(Date.now() + 60_000).toISOString()}`),
      told(bob, `?of=calls&since=${madeAt.toISOString()}`),
    ]);
    await until(since.changes, 1);
    expect([later.changes(), bobs.changes()]).toEqual([0, 0]);
  });

  test("what goes on now is told to admins, and again only when it is something else", async () => {
    const [page, anns] = await Promise.all([told(admin, "?of=calls"), told(ann, "?of=calls")]);
    const now = () => page.events.find(({ type }) => type === "now")?.now;
    await expect.poll(now, { timeout: 20_000 }).toMatchObject({ running: 0, waiting: 0, replies: 0, hosts: [] });
    let looks = 0;
    const readNow = async () => {
      looks += 1;
      return { running: 3 };
    };
    const { id: userId, email, name } = admin.user;
    const caller = { userId, email, name, role: "admin", via: "token", sessionId: newId() } as const;
    const stream = followChanges(caller, { of: "calls" }, { readNow });
    await expect.poll(() => looks, { timeout: 20_000, interval: 20 }).toBe(2);
    const reader = stream.getReader();
    open.push(() => reader.cancel());
    const texts = [await reader.read(), await reader.read()].map(({ value }) => new TextDecoder().decode(value));
    expect(texts).toEqual([": following\n\n", `data: ${JSON.stringify({ type: "now", now: { running: 3 } })}\n\n`]);
    const third = await Promise.race([reader.read(), sleep(200)]);
    expect(third).toBeUndefined();
    expect(anns.events.filter(({ type }) => type === "now")).toEqual([]);
  });

  test.runIf(kind === "server")("what another process tells is told here, once, and what this one tells comes back to nobody", async () => {
    const [page, bobs] = await Promise.all([told(ann, "?of=calls"), told(bob, "?of=calls")]);
    const signal = { from: newId(), changes: [{ of: "calls", changed: [{ ownerId: ann.user.id }] }] };
    await database.db.execute(sql`select pg_notify('hearth_monitoring', ${JSON.stringify(signal)})`);
    await until(page.changes, 1);
    tellChange({ of: "calls", changed: [{ ownerId: bob.user.id }] });
    await until(bobs.changes, 1);
    await sleep(2_000);
    expect([page.changes(), bobs.changes()]).toEqual([1, 1]);
  });

  test("it is closed to programs and to whoever has not signed in", async () => {
    const { key } = await madeKey(admin.accessToken, { scopes: ["admin"] });
    expect((await getAs(key, follow, "?of=calls")).status).toBe(403);
    expect((await getAs("no-token", follow, "?of=calls")).status).toBe(401);
  });

  test("a stream ends with its sign-in", async () => {
    const page = await told(bob, "?of=calls");
    expect((await post(logOut, {}, bearer(bob.accessToken))).status).toBe(204);
    await until(page.isOver, true);
  });
});
