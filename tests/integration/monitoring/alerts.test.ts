import { webcrypto } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertProbes } from "@/alert-probes";
import type { Database } from "@/db/database";
import { db } from "@/db/database";
import { listActiveAlerts, listAlertRules, listResolvedAlerts } from "@/db/queries/alerts";
import { giveUpLease } from "@/db/queries/leases";
import { alertDeliveries, alertRules } from "@/db/schema/alerts";
import { calls } from "@/db/schema/gateway";
import { newId } from "@/lib/core/ids";
import { testUpstream } from "@/lib/gateway/test-upstream";
import type { SignedInCaller } from "@/lib/http/caller";
import { acknowledgeAlert } from "@/lib/monitoring/alerts/acknowledge-alert";
import { addAlertChannel } from "@/lib/monitoring/alerts/add-alert-channel";
import { addShippedRules } from "@/lib/monitoring/alerts/alert-loop";
import type { AlertRuleInput } from "@/lib/monitoring/alerts/contract";
import { deliverAlerts } from "@/lib/monitoring/alerts/deliver-alerts";
import { evaluateAlerts } from "@/lib/monitoring/alerts/evaluate-alerts";
import { alertsPage, listActive } from "@/lib/monitoring/alerts/list-alerts";
import type { HostProbe } from "@/lib/monitoring/alerts/measure";
import { removeAlertRule } from "@/lib/monitoring/alerts/remove-alert-rule";
import { saveAlertRule } from "@/lib/monitoring/alerts/save-alert-rule";
import { endSilence, silenceAlerts } from "@/lib/monitoring/alerts/silence-alerts";
import { testAlertChannel } from "@/lib/monitoring/alerts/test-alert-channel";
import { withEnvironment } from "@/tests/support/accounts";
import { databaseKinds } from "@/tests/support/database";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { bootGateway } from "@/tests/support/gateway";
import { aCall } from "@/tests/support/known-calls";
import { smtpReceiver } from "@/tests/support/smtp-receiver";
import { webhookReceiver } from "@/tests/support/webhook-receiver";

const admin: SignedInCaller = { userId: newId(), email: "ada@example.org", name: "Ada", role: "admin", via: "cookie", sessionId: newId() };
const started = Date.now();
const at = (seconds: number) => new Date(started + seconds * 1_000);
const plain = { groupBy: null, comparison: "above", leastCalls: 0, noData: "ok", enabled: true, forS: 0, windowS: 60 } as const;

describe.each(databaseKinds)("alerts on %s", (kind) => {
  let database: Database;
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
  let hosts: HostProbe[];

  beforeEach(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_URL: undefined });
    ollama = await fakeOllama();
    gateway = await bootGateway({ OLLAMA_BASE_URL: ollama.url }, { kind });
    database = gateway.database;
    receiver = await webhookReceiver();
    hosts = [];
  });
  afterEach(async () => {
    await gateway.close();
    await Promise.all([ollama.close(), receiver.close()]);
  });

  /** Both of two processes on the database take their turn at once, the same moment by their clocks. */
  async function turn(seconds: number, probes = { hosts: async () => hosts }) {
    const now = at(seconds);
    const done = await Promise.all(["first", "second"].map((holder) => evaluateAlerts({ probes, holder, now })));
    await Promise.all([deliverAlerts(now), deliverAlerts(now)]);
    return done.filter(Boolean).length;
  }
  const rule = (given: Partial<AlertRuleInput>) => saveAlertRule({ ...plain, name: "Probe", metric: "hostDown", threshold: 0, ...given });
  const down = (...names: string[]) => names.map((name) => ({ id: name, name, isDown: true, openBreakers: 0 }));
  const states = async () => (await listActiveAlerts(db())).map(({ state, label }) => `${label} ${state}`).toSorted();
  const events = () => receiver.received.map(({ text }) => JSON.parse(text).event as string);
  const addCalls = (...rows: Partial<typeof calls.$inferInsert>[]) =>
    db()
      .insert(calls)
      .values(rows.map((row) => aCall(row as never)));

  test("a host that is killed raises the shipped alert, told once by two processes, and its return ends it, told once", async () => {
    await addShippedRules();
    await addShippedRules();
    expect(await listAlertRules(db())).toHaveLength(8);
    await addAlertChannel({ kind: "webhook", name: "Pager", url: receiver.url });
    expect(await turn(0, alertProbes)).toBe(1);
    expect(await states()).toEqual([]);
    await ollama.behave({ misbehave: "refuse" });
    await testUpstream({ id: "environment-ollama" });
    await turn(15, alertProbes);
    expect(await states()).toEqual(["ollama pending"]);
    expect(events()).toEqual([]);
    await turn(45, alertProbes);
    await turn(60, alertProbes);
    expect(await states()).toEqual(["ollama firing"]);
    expect(events()).toEqual(["firing"]);
    await giveUpLease(db(), { name: "alerts", holder: "first" });
    await giveUpLease(db(), { name: "alerts", holder: "second" });
    await turn(75, alertProbes);
    expect(events()).toEqual(["firing"]);

    await ollama.behave({ misbehave: undefined });
    await testUpstream({ id: "environment-ollama" });
    await turn(90, alertProbes);
    await turn(105, alertProbes);
    expect(await states()).toEqual([]);
    expect(events()).toEqual(["firing", "resolved"]);
    expect(JSON.parse(receiver.received[1]?.text ?? "").alert).toMatchObject({
      rule: "A host does not answer",
      subject: "ollama",
      value: 0,
    });
    expect(await listResolvedAlerts(db(), { after: null, limit: 9 })).toMatchObject([{ state: "resolved", label: "ollama" }]);
  });

  test("one of several processes evaluates, and another goes on when it gives up", async () => {
    const evaluate = (holder: string) => evaluateAlerts({ probes: { hosts: async () => [] }, holder, now: at(0) });
    expect([await evaluate("first"), await evaluate("second"), await evaluate("first")]).toEqual([true, false, true]);
    await giveUpLease(db(), { name: "alerts", holder: "second" });
    expect(await evaluate("second")).toBe(false);
    await giveUpLease(db(), { name: "alerts", holder: "first" });
    expect([await evaluate("second"), await evaluate("first")]).toEqual([true, false]);
  });

  test("the signature is the HMAC of time and body under the secret, and neither the secret nor the address is kept or told in plain", async () => {
    const { secret } = await addAlertChannel({ kind: "webhook", name: "Pager", url: receiver.url });
    await rule({});
    hosts = down("h1");
    await turn(0);
    const [hook] = receiver.received;
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(hook?.headers["x-hearth-signature"])) ?? [];
    expect(Number(seconds)).toBe(Math.floor(started / 1_000));
    const key = await webcrypto.subtle.importKey("raw", Buffer.from(secret ?? ""), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    const verify = (text: string) =>
      webcrypto.subtle.verify("HMAC", key, Buffer.from(signature ?? "", "hex"), Buffer.from(`${seconds}.${text}`));
    expect(await verify(hook?.text ?? "")).toBe(true);
    expect(await verify(`${hook?.text} `)).toBe(false);
    expect(hook?.headers["x-hearth-delivery"]).toBe(JSON.parse(hook?.text ?? "").id);
    const stored = JSON.stringify([
      await database.query("select * from alert_channels", []),
      await database.query("select * from audit_events", []),
    ]);
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain("hidden-in-the-address");
  });

  test("a webhook that refuses is tried again later, and then takes it; one that never does is given up after six", async () => {
    await addAlertChannel({ kind: "webhook", name: "Pager", url: receiver.url });
    await rule({});
    hosts = down("h1");
    receiver.answer(503);
    await turn(0);
    await turn(14);
    expect(receiver.received).toHaveLength(1);
    receiver.answer(204);
    await turn(15);
    await turn(600);
    expect(receiver.received).toHaveLength(2);
    expect(new Set(receiver.received.map(({ headers }) => headers["x-hearth-delivery"])).size).toBe(1);
    expect(await db().select().from(alertDeliveries)).toMatchObject([{ state: "delivered", attempts: 2, error: null }]);

    receiver.answer(500);
    hosts = [];
    for (let minute = 0; minute < 60; minute += 1) await turn(1_000 + 60 * minute);
    expect(receiver.received).toHaveLength(2 + 6);
    expect((await db().select().from(alertDeliveries)).find(({ event }) => event === "resolved")).toMatchObject({
      state: "failed",
      attempts: 6,
      error: "The receiver answered 500",
    });
  });

  test("with a mail server set, an address gets a mail of an alert's beginning and end; one that is refused is tried again", async () => {
    const input = { kind: "email", name: "Ada", email: "ada@example.org" } as const;
    await expect(addAlertChannel(input)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("HEARTH_SMTP_URL") });
    const smtp = await smtpReceiver();
    withEnvironment({ HEARTH_SMTP_URL: smtp.url, HEARTH_SMTP_FROM: "hearth@example.org", HEARTH_URL: "https://hearth.example.org" });
    expect(await addAlertChannel(input)).toEqual({ secret: null });
    await rule({ groupBy: "host" });
    hosts = down("h1");
    smtp.refuse(true);
    await turn(0);
    expect(await db().select().from(alertDeliveries)).toMatchObject([{ state: "waiting", error: expect.stringContaining("550") }]);
    smtp.refuse(false);
    await turn(15);
    hosts = [];
    await turn(30);
    expect(smtp.received).toMatchObject([
      { from: "hearth@example.org", to: ["ada@example.org"], text: expect.stringContaining("Subject: [Hearth] Firing: Probe: h1\r\n") },
      { to: ["ada@example.org"], text: expect.stringContaining("Subject: [Hearth] Resolved: Probe: h1\r\n") },
    ]);
    expect(smtp.received[0]?.text).toContain("https://hearth.example.org/monitoring/alerts");
    const { channels } = await alertsPage({});
    expect(await testAlertChannel({ id: channels[0]?.id ?? "" })).toEqual({ error: null });
    expect(smtp.received).toHaveLength(3);
    withEnvironment({ HEARTH_SMTP_URL: undefined, HEARTH_SMTP_FROM: undefined, HEARTH_URL: undefined });
    await smtp.close();
  });

  test("each of a group has an alert of its own", async () => {
    await rule({ groupBy: "host", forS: 30 });
    hosts = down("h1", "h2");
    await turn(0);
    expect(await states()).toEqual(["h1 pending", "h2 pending"]);
    hosts = [...down("h1"), { id: "h2", name: "h2", isDown: false, openBreakers: 0 }];
    await turn(30);
    expect(await states()).toEqual(["h1 firing"]);
    hosts = [];
    await turn(45);
    expect(await states()).toEqual([]);
  });

  test("what is silenced is told to nobody until the silence ends, and then only if it still fires", async () => {
    await addAlertChannel({ kind: "webhook", name: "Pager", url: receiver.url });
    await rule({});
    const [id] = (await listAlertRules(db())).map((one) => one.id);
    await silenceAlerts(admin, { ruleId: id ?? null, minutes: 60, reason: "Maintenance" });
    hosts = down("h1");
    await turn(0);
    expect(await states()).toEqual([" firing"]);
    hosts = [];
    await turn(15);
    expect(events()).toEqual([]);
    hosts = down("h1");
    await turn(30);
    expect((await alertsPage({})).silences).toMatchObject([{ ruleName: "Probe", reason: "Maintenance", createdBy: "Ada" }]);
    await turn(3_700);
    await turn(3_715);
    expect(events()).toEqual(["firing"]);
    await silenceAlerts(admin, { ruleId: null, minutes: 600, reason: "" });
    await endSilence({ id: (await alertsPage({})).silences.find(({ ruleName }) => ruleName === null)?.id ?? "" });
    hosts = [];
    await turn(3_730);
    expect(events()).toEqual(["firing", "resolved"]);
  });

  test("an admin's acknowledgement takes it from the bell and lets it fire on", async () => {
    await rule({});
    hosts = down("h1");
    await turn(0);
    const { items, unseen } = await listActive();
    expect(unseen).toBe(1);
    await acknowledgeAlert(admin, { id: items[0]?.id ?? "" });
    await turn(15);
    expect(await listActive()).toMatchObject({ unseen: 0, items: [{ state: "firing", acknowledgedBy: "Ada" }] });
  });

  test("calls are measured over the window: errors, percentiles, spend, and how many there were", async () => {
    const within = (row: object) => ({ startedAt: at(-50), endedAt: at(-40), firstTokenAt: null, ...row });
    await addCalls(
      ...Array.from({ length: 8 }, (_, index) =>
        within({ model: "a", outcome: index < 3 ? "failed" : "complete", costUsd: 0.5, queuedMs: index * 100 }),
      ),
      within({ model: "b", outcome: "failed", firstTokenAt: at(-48) }),
      { ...within({ model: "a", outcome: "failed" }), startedAt: at(-500), endedAt: at(-490) },
    );
    const raised = async (given: Partial<AlertRuleInput>) => {
      await db().delete(alertRules);
      await rule(given);
      await turn(0);
      const found = (await listActiveAlerts(db())).map(({ label, value }) => [label, value]);
      for (const { id } of await listAlertRules(db())) await removeAlertRule({ id });
      return found;
    };
    expect(await raised({ metric: "errorRate", threshold: 30 })).toEqual([["", (4 / 9) * 100]]);
    expect(await raised({ metric: "errorRate", threshold: 30, groupBy: "model", leastCalls: 2 })).toEqual([["a", 37.5]]);
    expect(await raised({ metric: "errorRate", threshold: 50, groupBy: "model" })).toEqual([["b", 100]]);
    expect(await raised({ metric: "costUsd", threshold: 3.9, groupBy: "model" })).toEqual([["a", 4]]);
    expect(await raised({ metric: "firstTokenP95", threshold: 1_000 })).toEqual([["", 2_000]]);
    expect(await raised({ metric: "queueWaitP95", threshold: 100, groupBy: "model" })).toEqual([["a", 665]]);
    expect(await raised({ metric: "requests", comparison: "below", threshold: 10 })).toEqual([["", 9]]);
    expect(await raised({ metric: "requests", comparison: "below", threshold: 9 })).toEqual([]);
    await db().delete(calls);
    expect(await raised({ metric: "requests", comparison: "below", threshold: 1 })).toEqual([["", 0]]);
    expect(await raised({ metric: "errorRate", threshold: 1 })).toEqual([]);
    expect(await raised({ metric: "errorRate", threshold: 1, noData: "alert" })).toEqual([["", null]]);
  });

  test("a rule that is changed or switched off ends what it raised; a shipped one cannot be removed", async () => {
    await addShippedRules();
    const [shipped] = await listAlertRules(db());
    await expect(removeAlertRule({ id: shipped?.id ?? "" })).rejects.toMatchObject({ code: "conflict" });
    await rule({});
    const own = (await listAlertRules(db())).find(({ name }) => name === "Probe");
    hosts = down("h1");
    await turn(0);
    expect(await states()).toContain(" firing");
    await saveAlertRule({ ...plain, id: own?.id, name: "Probe", metric: "hostDown", threshold: 0, enabled: false });
    await turn(15);
    expect(await states()).not.toContain(" firing");
  });
});
