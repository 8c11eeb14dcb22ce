import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as exported } from "@/app/api/monitoring/traces/[traceId]/route";
import { GET as usage } from "@/app/api/v1/usage/route";
import type { Database } from "@/db/database";
import { auditEvents } from "@/db/schema/audit";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import type { Caller } from "@/lib/http/caller";
import { getOverview } from "@/lib/monitoring/overview/get-overview";
import { listCalls } from "@/lib/monitoring/overview/list-calls";
import { viewOf } from "@/lib/monitoring/overview/view-scope";
import { getTrace } from "@/lib/monitoring/spans/get-trace";
import { listTraces, traceViewOf } from "@/lib/monitoring/spans/list-traces";
import { flushSpans } from "@/lib/monitoring/spans/span-queue";
import { startTrace } from "@/lib/monitoring/spans/start-span";
import { clearAttempts, registered, withEnvironment } from "../../support/accounts";
import { auditEventsOf } from "../../support/audit";
import { databaseKinds, freshDatabase } from "../../support/database";
import { sender, sendRaw } from "../../support/send";

describe.each(databaseKinds)("what admins read of others on %s", (kind) => {
  let database: Database;
  let [admin, ann]: [Session?, Session?] = [];

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open", HEARTH_LOCAL_MODEL: "off", HEARTH_TRACES: "on" });
    database = await freshDatabase(kind);
    await clearAttempts();
    [admin, ann] = [await registered("ada@example.org", "Ada"), await registered("ann@example.org", "Ann")];
  });
  afterAll(() => database.close());
  // As another process, or this one after a restart.
  beforeEach(() => clearProcessGlobal("recorded-readings"));

  const callerOf = (session: Session | undefined, role: "admin" | "user"): Caller => ({
    ...{ userId: session?.user.id ?? "", email: session?.user.email ?? "", name: "Test", role, via: "cookie", sessionId: newId() },
  });
  const asAdmin = () => callerOf(admin, "admin");
  const given = (query: Record<string, string>, caller = asAdmin()) => ({
    ...{ caller, view: viewOf(caller, query), timeZone: "UTC", now: new Date() },
  });
  const aTrace = async (ownerId: string | undefined) => {
    const trace = startTrace({ kind: "run", name: "Reply", ownerId: ownerId ?? null });
    trace.end();
    await flushSpans();
    return trace.traceId;
  };
  const readings = async () => (await auditEventsOf()).filter(({ action }) => /^(usage|trace)\./.test(action));
  const told = async () => (await readings()).map(({ action, targetName }) => `${action} ${targetName}`).toReversed();

  test("is written down once an hour for each person, whichever page and process it is read by", async () => {
    const annsId = ann?.user.id ?? "";
    await Promise.all([getOverview(given({ user: annsId })), getOverview(given({ user: annsId }))]);
    clearProcessGlobal("recorded-readings");
    await listCalls(given({ user: annsId }));
    const send = sender(admin?.accessToken ?? "");
    await send(usage, { query: `user_id=${annsId}` });
    expect(await told()).toEqual(["usage.viewed ann@example.org"]);
    expect((await readings())[0]).toMatchObject({ actorId: admin?.user.id, actorName: "ada@example.org", targetId: annsId, via: "cookie" });

    await listCalls(given({}));
    await getOverview(given({ by: "user" }));
    await send(usage, { query: "all=true" });
    expect(await told()).toEqual(["usage.viewed ann@example.org", "usage.viewed Everybody"]);
  });

  test("is written down for traces that are opened, looked through for a text, and taken along", async () => {
    const before = (await told()).length;
    const traceId = await aTrace(ann?.user.id);
    await getTrace(asAdmin(), traceId);
    await getTrace(asAdmin(), traceId);
    const search = (query: Record<string, string>) =>
      listTraces({ caller: asAdmin(), view: traceViewOf(asAdmin(), query), timeZone: "UTC", now: new Date() });
    await search({ text: "marzipan" });
    await search({ text: "nougat" });
    await search({ status: "ok" });
    for (let count = 0; count < 2; count += 1) await sendRaw(admin?.accessToken ?? "", exported, { params: { traceId } });
    expect((await told()).slice(before)).toEqual([
      "trace.viewed ann@example.org",
      "trace.searched Everybody",
      "trace.exported null",
      "trace.exported null",
    ]);
    expect((await auditEventsOf("trace.viewed"))[0]?.after).toEqual({ trace: traceId });
    expect((await auditEventsOf("trace.exported"))[0]).toMatchObject({ targetId: traceId, after: { ownerId: ann?.user.id } });
  });

  test("is not what is one's own, sums that tell nobody apart, or what Hearth did by itself", async () => {
    const before = await told();
    for (const [session, role] of [
      [admin, "admin"],
      [ann, "user"],
    ] as const) {
      const caller = callerOf(session, role);
      const own = await aTrace(session?.user.id);
      await getTrace(caller, own);
      await sendRaw(session?.accessToken ?? "", exported, { params: { traceId: own } });
      await getOverview(given({ user: caller.userId }, caller));
      await listCalls(given({ user: caller.userId }, caller));
    }
    await getOverview(given({ by: "model" }));
    await getTrace(asAdmin(), await aTrace(undefined));
    expect(await told()).toEqual(before);
  });

  test("is written down anew after an hour", async () => {
    const read = () => listCalls(given({ user: ann?.user.id ?? "" }));
    const count = async () => (await told()).filter((one) => one === "usage.viewed ann@example.org").length;
    await read();
    expect(await count()).toBe(1);
    const [event] = await auditEventsOf("usage.viewed");
    const old = { ...event, id: newId(), at: new Date(Date.now() - 3_700_000), targetId: newId() } as typeof auditEvents.$inferInsert;
    await database.db.insert(auditEvents).values(old);
    await listCalls(given({ user: old.targetId ?? "" }));
    expect((await auditEventsOf("usage.viewed")).filter(({ targetId }) => targetId === old.targetId)).toHaveLength(2);
  });
});
