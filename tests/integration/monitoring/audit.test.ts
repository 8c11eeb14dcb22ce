import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GET as list } from "@/app/api/v1/audit/route";
import { GET as csv } from "@/app/api/v1/audit.csv/route";
import { GET as ndjson } from "@/app/api/v1/audit.ndjson/route";
import { POST as logIn } from "@/app/api/v1/auth/login/route";
import { POST as logOut } from "@/app/api/v1/auth/logout/route";
import { POST as refresh } from "@/app/api/v1/auth/refresh-token/route";
import { DELETE as revokeKey } from "@/app/api/v1/keys/[id]/route";
import { POST as makeKey } from "@/app/api/v1/keys/route";
import { POST as addHost } from "@/app/api/v1/upstreams/route";
import { GET as usageCsv } from "@/app/api/v1/usage.csv/route";
import type { Database } from "@/db/database";
import { deleteAuditEvents } from "@/db/queries/audit-events";
import { findSetting, saveSetting } from "@/db/queries/settings";
import { auditEvents } from "@/db/schema/audit";
import { signedInCallerOf } from "@/lib/auth/caller";
import { changeName } from "@/lib/auth/change-name";
import { changePassword } from "@/lib/auth/change-password";
import type { Session } from "@/lib/auth/contract";
import { endSession } from "@/lib/auth/end-session";
import { revokeSession } from "@/lib/auth/revoke-session";
import { newId } from "@/lib/core/ids";
import { setCallLimits } from "@/lib/gateway/limits/set-call-limits";
import type { SignedInCaller } from "@/lib/http/caller";
import type { AuditEvent } from "@/lib/monitoring/audit/contract";
import { audited } from "@/lib/monitoring/audit/record-event";
import { trimAudit } from "@/lib/monitoring/audit/trim-loop";
import { bearer, browserCookie, clearAttempts, goodPassword, loggedIn, post, registered, withEnvironment } from "@/tests/support/accounts";
import { auditEventsOf } from "@/tests/support/audit";
import { databaseKinds, freshDatabase } from "@/tests/support/database";
import { sender, sendRaw } from "@/tests/support/send";

describe.each(databaseKinds)("the audit log on %s", (kind) => {
  let database: Database;
  let admin: Session;
  let send: ReturnType<typeof sender>;

  beforeEach(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open", HEARTH_AUDIT_KEEP_DAYS: undefined, HEARTH_LOCAL_MODEL: "off" });
    database = await freshDatabase(kind);
    await clearAttempts();
    admin = await registered("ada@example.org", "Ada");
    send = sender(admin.accessToken);
  });
  afterEach(() => database.close());

  const listed = async (query = ""): Promise<AuditEvent[]> => (await send(list, { query })).body.items;

  test("tells who signed in and out, from where, and who was refused", async () => {
    const { user, accessToken } = await loggedIn(admin.user.email);
    await post(logOut, {}, bearer(accessToken));
    expect((await post(logIn, { email: "ada@example.org", password: "not her password" })).status).toBe(401);
    expect((await post(logIn, { email: "nobody@example.org", password: "not a password" })).status).toBe(401);
    const [nobody, wrong, ended, started, , created] = await auditEventsOf();
    expect(nobody).toMatchObject({ action: "session.refused", outcome: "refused", actorId: null, targetName: "nobody@example.org" });
    expect(wrong).toMatchObject({ action: "session.refused", targetName: "ada@example.org", address: "192.0.2.1" });
    expect(ended).toMatchObject({ action: "session.ended", actorId: user.id, via: "token", targetId: started?.targetId });
    expect(started).toMatchObject({ action: "session.started", actorName: "ada@example.org", address: "192.0.2.1", outcome: "done" });
    expect(created).toMatchObject({ action: "account.created", actorId: user.id, after: { name: "Ada", role: "admin" } });
    expect(JSON.stringify(await auditEventsOf())).not.toContain("not her password");
  });

  test("tells that a refresh token came twice", async () => {
    await post(refresh, { refreshToken: admin.refreshToken });
    await post(refresh, { refreshToken: admin.refreshToken });
    expect((await auditEventsOf())[0]).toMatchObject({ action: "session.revoked", actorName: "Hearth", targetName: "ada@example.org" });
  });

  test("holds no key, password or token, whatever was changed", async () => {
    const made = await send(makeKey, { body: { name: "CI", scopes: ["chat"] } });
    await send(addHost, {
      body: { name: "vllm", kind: "openai-compatible", baseUrl: "http://me:hunter22@127.0.0.1:9", apiKey: "sk-abcdefgh" },
    });
    await send(addHost, { body: { name: "plain", kind: "openai-compatible", baseUrl: "http://127.0.0.1:9", apiKey: "sk-abcdefgh" } });
    await send(revokeKey, { params: { id: made.body.id } });
    const events = await auditEventsOf();
    expect(events.map(({ action }) => action)).toEqual(expect.arrayContaining(["key.created", "host.added", "key.revoked"]));
    for (const secret of [made.body.key, "hunter22", "sk-abcdefgh", goodPassword, admin.accessToken, admin.refreshToken])
      expect(JSON.stringify(events)).not.toContain(secret);
    expect(events.find(({ targetName }) => targetName === "plain")?.after).toMatchObject({ hasKey: true });
  });

  test("tells what people change of their own account, and no password of it", async () => {
    const { cookie, sessionId } = await browserCookie(admin.user.id);
    const other = await browserCookie(admin.user.id);
    const caller = (await signedInCallerOf(new Headers({ cookie }))) as SignedInCaller;
    await changeName(caller, "Ada Lovelace");
    await revokeSession(caller, other.sessionId);
    await changePassword(caller, { current: goodPassword, next: "another horse battery", address: "192.0.2.1" });
    await endSession(caller);
    const [ended, password, revoked, renamed] = await auditEventsOf();
    expect(ended).toMatchObject({ action: "session.ended", targetId: sessionId });
    expect(password).toMatchObject({ action: "account.password_changed", targetId: admin.user.id, before: null, after: null });
    expect(revoked).toMatchObject({ action: "session.revoked", targetId: other.sessionId, before: { userAgent: "Test browser" } });
    expect(renamed).toMatchObject({ action: "account.renamed", before: { name: "Ada" }, after: { name: "Ada Lovelace" } });
    expect(JSON.stringify(await auditEventsOf())).not.toMatch(/horse battery/);
  });

  test("shows what a change changed and nothing else", async () => {
    await setCallLimits({ queueMax: 10, idleTimeoutMs: 5_000 });
    await setCallLimits({ queueMax: 20, idleTimeoutMs: 5_000 });
    expect((await auditEventsOf("settings.changed"))[0]).toMatchObject({ before: { queueMax: 10 }, after: { queueMax: 20 } });
    expect(Object.keys((await auditEventsOf("settings.changed"))[0]?.after ?? {})).toEqual(["queueMax"]);
  });

  test("a change and its event are stored together or not at all", async () => {
    const change = audited(
      (tx) => saveSetting(tx, "probe", { is: "there" }),
      () => ({ action: "settings.changed", after: { unstorable: 1n } }),
    );
    await expect(change).rejects.toThrow();
    expect(await findSetting(database.db, "probe")).toBeNull();
  });

  test("is found by person, action, kind, target, text and time, page by page", async () => {
    const base = { actorName: "old@example.org", via: null, keyId: null, address: null, requestId: null, targetKind: "key", before: null };
    const rows = Array.from({ length: 7 }, (_, index) => ({
      ...{ ...base, id: newId(), at: new Date(Date.UTC(2026, 0, 1, 0, 0, index >> 1)), actorId: index % 2 ? admin.user.id : null },
      ...{ action: index < 3 ? "key.created" : "key.revoked", targetId: `k${index}`, targetName: `Key 100% ${index}` },
      ...{ after: { note: index === 4 ? "A needle_in hay" : "hay" }, outcome: "done" as const },
    }));
    await database.db.insert(auditEvents).values(rows);
    const of = "to=2026-01-02T00:00:00Z";
    const ids = async (query: string) => (await listed(`${of}&${query}`)).map(({ targetId }) => targetId);
    expect(await ids("")).toEqual(["k6", "k5", "k4", "k3", "k2", "k1", "k0"]);
    expect(await ids(`actor=${admin.user.id}`)).toEqual(["k5", "k3", "k1"]);
    expect(await ids("action=key.created")).toEqual(["k2", "k1", "k0"]);
    expect(await ids("action=key")).toHaveLength(7);
    expect(await ids("action=ke")).toEqual([]);
    expect(await ids("target=k3")).toEqual(["k3"]);
    expect(await ids("target=100%25%206")).toEqual(["k6"]);
    expect(await ids("text=NEEDLE_IN")).toEqual(["k4"]);
    expect(await ids("text=needleXin")).toEqual([]);
    expect(await ids("from=2026-01-01T00:00:03Z")).toEqual(["k6"]);
    expect(await ids("outcome=refused")).toEqual([]);
    const seen: (string | null)[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await send(list, { query: `${of}&limit=2${cursor ? `&cursor=${cursor}` : ""}` });
      seen.push(...page.body.items.map(({ targetId }: AuditEvent) => targetId));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(["k6", "k5", "k4", "k3", "k2", "k1", "k0"]);
  });

  test("is exported whole as CSV and as JSON lines, which is written down too", async () => {
    await setCallLimits({ queueMax: 10 });
    const many = Array.from({ length: 1_100 }, () => ({
      ...{ id: newId(), at: new Date(Date.UTC(2026, 0, 1)), actorId: null, actorName: "=cmd", via: null, keyId: null, address: null },
      ...{ requestId: null, action: "key.created", targetKind: null, targetId: null, targetName: 'a "quoted", name', before: null },
      ...{ after: null, outcome: "done" as const },
    }));
    await database.db.insert(auditEvents).values(many);
    const text = await (await sendRaw(admin.accessToken, csv)).text();
    const lines = text.trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^at,actor_id,actor_name,/);
    expect(lines).toHaveLength(1 + 1_100 + 3);
    expect(text).toContain(`"a ""quoted"", name"`);
    expect(text).toContain(",'=cmd,");
    const response = await sendRaw(admin.accessToken, ndjson, { query: "action=key" });
    expect(response.headers.get("content-disposition")).toMatch(/hearth-audit-.*\.ndjson/);
    const events = (await response.text()).trimEnd().split("\n");
    expect(new Set(events.map((line) => JSON.parse(line).id)).size).toBe(1_100);
    expect((await auditEventsOf("audit.exported")).map(({ targetName }) => targetName)).toEqual(["ndjson", "csv"]);
    await (await sendRaw(admin.accessToken, usageCsv)).text();
    expect((await auditEventsOf("usage.exported"))[0]).toMatchObject({ actorId: admin.user.id, after: { format: "csv" } });
  });

  test("is closed to everybody but admins", async () => {
    const other = await registered();
    for (const handler of [list, csv, ndjson]) expect((await sendRaw(other.accessToken, handler)).status).toBe(403);
  });

  test("takes neither a change nor a deletion nor an emptying, from whoever can write to the database", async () => {
    const before = await auditEventsOf();
    expect(before.length).toBeGreaterThan(0);
    for (const statement of [
      "update audit_events set actor_name = 'nobody'",
      "delete from audit_events",
      "delete from audit_events where at < now() + interval '1 day'",
      "truncate audit_events",
    ]) {
      await expect(database.query(statement, []), statement).rejects.toThrow(/only added to/);
    }
    // The retention job's own word lets old rows go, in its transaction alone.
    const trimming = database.db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('hearth.audit_trim_before', '2026-01-01T00:00:00Z', true)`);
      await tx.delete(auditEvents);
    });
    await expect(trimming).rejects.toThrow();
    expect(await deleteAuditEvents(database.db, new Date("2026-01-01T00:00:00Z"))).toBe(0);
    await expect(database.query("delete from audit_events", [])).rejects.toThrow(/only added to/);
    expect(await auditEventsOf()).toEqual(before);
  });

  test("is kept for good, unless HEARTH_AUDIT_KEEP_DAYS says for how long", async () => {
    const old = { actorId: null, actorName: "x", via: null, keyId: null, address: null, requestId: null, action: "key.created" };
    const at = new Date(Date.now() - 31 * 86_400_000);
    const rest = { targetKind: null, targetId: null, targetName: "Old", before: null, after: null, outcome: "done" as const };
    await database.db.insert(auditEvents).values({ id: newId(), at, ...old, ...rest });
    await trimAudit();
    expect(await auditEventsOf("key.created")).toHaveLength(1);
    withEnvironment({ HEARTH_AUDIT_KEEP_DAYS: "30" });
    await trimAudit();
    await trimAudit();
    expect(await auditEventsOf("key.created")).toEqual([]);
    expect(await auditEventsOf("audit.trimmed")).toMatchObject([{ actorName: "Hearth", after: { removed: 1 } }]);
    expect(await auditEventsOf("account.created")).toHaveLength(1);
  });
});
