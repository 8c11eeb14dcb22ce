import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertProbes } from "@/alert-probes";
import { db } from "@/db/database";
import { listActiveAlerts, listAlertRules, listResolvedAlerts } from "@/db/queries/alerts";
import { giveUpLease } from "@/db/queries/leases";
import { insertSample } from "@/db/queries/process-samples";
import { alertRules } from "@/db/schema/alerts";
import { calls } from "@/db/schema/gateway";
import { newId } from "@/lib/core/ids";
import { testUpstream } from "@/lib/gateway/test-upstream";
import { acknowledgeAlert } from "@/lib/monitoring/alerts/acknowledge-alert";
import { addAlertChannel } from "@/lib/monitoring/alerts/add-alert-channel";
import { addShippedRules } from "@/lib/monitoring/alerts/alert-loop";
import type { AlertRuleInput } from "@/lib/monitoring/alerts/contract";
import { evaluateAlerts } from "@/lib/monitoring/alerts/evaluate-alerts";
import { alertsPage, listActive } from "@/lib/monitoring/alerts/list-alerts";
import type { AlertProbes, HostProbe } from "@/lib/monitoring/alerts/measure";
import { removeAlertRule } from "@/lib/monitoring/alerts/remove-alert-rule";
import { saveAlertRule } from "@/lib/monitoring/alerts/save-alert-rule";
import { endSilence, silenceAlerts } from "@/lib/monitoring/alerts/silence-alerts";
import { withEnvironment } from "@/tests/support/accounts";
import { alertAdmin, alertStates, aRule, at, bothTakeTurns, down, plainRule } from "@/tests/support/alerts";
import { databaseKinds } from "@/tests/support/database";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { bootGateway } from "@/tests/support/gateway";
import { aCall } from "@/tests/support/known-calls";
import { webhookReceiver } from "@/tests/support/webhook-receiver";

describe.each(databaseKinds)("alerts on %s", (kind) => {
  let gateway: Awaited<ReturnType<typeof bootGateway>>;
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
  let hosts: HostProbe[];

  beforeEach(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_URL: undefined });
    ollama = await fakeOllama();
    gateway = await bootGateway({ OLLAMA_BASE_URL: ollama.url }, { kind });
    receiver = await webhookReceiver();
    hosts = [];
  });
  afterEach(async () => {
    await gateway.close();
    await Promise.all([ollama.close(), receiver.close()]);
  });

  const turn = (seconds: number, probes: AlertProbes = { hosts: async () => hosts }) => bothTakeTurns(seconds, probes);
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
    expect(await alertStates()).toEqual([]);
    await ollama.behave({ misbehave: "refuse" });
    await testUpstream({ id: "environment-ollama" });
    await turn(15, alertProbes);
    expect(await alertStates()).toEqual(["ollama pending"]);
    expect(events()).toEqual([]);
    await turn(45, alertProbes);
    await turn(60, alertProbes);
    expect(await alertStates()).toEqual(["ollama firing"]);
    expect(events()).toEqual(["firing"]);
    await giveUpLease(db(), { name: "alerts", holder: "first" });
    await giveUpLease(db(), { name: "alerts", holder: "second" });
    await turn(75, alertProbes);
    expect(events()).toEqual(["firing"]);

    await ollama.behave({ misbehave: undefined });
    await testUpstream({ id: "environment-ollama" });
    await turn(90, alertProbes);
    await turn(105, alertProbes);
    expect(await alertStates()).toEqual([]);
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

  test("each of a group has an alert of its own", async () => {
    await aRule({ groupBy: "host", forS: 30 });
    hosts = down("h1", "h2");
    await turn(0);
    expect(await alertStates()).toEqual(["h1 pending", "h2 pending"]);
    hosts = [...down("h1"), { id: "h2", name: "h2", isDown: false, openBreakers: 0 }];
    await turn(30);
    expect(await alertStates()).toEqual(["h1 firing"]);
    hosts = [];
    await turn(45);
    expect(await alertStates()).toEqual([]);
  });

  test("what is silenced is told to nobody until the silence ends, and then only if it still fires", async () => {
    await addAlertChannel({ kind: "webhook", name: "Pager", url: receiver.url });
    await aRule({});
    const [id] = (await listAlertRules(db())).map((one) => one.id);
    await silenceAlerts(alertAdmin, { ruleId: id ?? null, minutes: 60, reason: "Maintenance" });
    hosts = down("h1");
    await turn(0);
    expect(await alertStates()).toEqual([" firing"]);
    hosts = [];
    await turn(15);
    expect(events()).toEqual([]);
    hosts = down("h1");
    await turn(30);
    expect((await alertsPage({})).silences).toMatchObject([{ ruleName: "Probe", reason: "Maintenance", createdBy: "Ada" }]);
    await turn(3_700);
    await turn(3_715);
    expect(events()).toEqual(["firing"]);
    await silenceAlerts(alertAdmin, { ruleId: null, minutes: 600, reason: "" });
    await endSilence({ id: (await alertsPage({})).silences.find(({ ruleName }) => ruleName === null)?.id ?? "" });
    hosts = [];
    await turn(3_730);
    expect(events()).toEqual(["firing", "resolved"]);
  });

  test("an admin's acknowledgement takes it from the bell and lets it fire on", async () => {
    await aRule({});
    hosts = down("h1");
    await turn(0);
    const { items, unseen } = await listActive();
    expect(unseen).toBe(1);
    await acknowledgeAlert(alertAdmin, { id: items[0]?.id ?? "" });
    await turn(15);
    expect(await listActive()).toMatchObject({ unseen: 0, items: [{ state: "firing", acknowledgedBy: "Ada" }] });
  });

  test("calls and memory are measured over the window: errors, percentiles, spend, how many there were, and growth", async () => {
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
      await aRule(given);
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
    const instanceId = newId();
    const sample = { instanceId, heapBytes: 0, lagP50Ms: 0, lagP99Ms: 0, cpuShare: 0, liveRuns: 0, waitingCalls: 0 };
    await insertSample(db(), { ...sample, at: at(-65), residentBytes: 300e6 });
    expect(await raised({ metric: "memoryGrowthMb", threshold: 100 }), "a process that has not run for so long").toEqual([]);
    await insertSample(db(), { ...sample, at: at(-5), residentBytes: 450e6 });
    await insertSample(db(), { ...sample, instanceId: newId(), at: at(-5), residentBytes: 900e6 });
    expect(await raised({ metric: "memoryGrowthMb", threshold: 100 })).toEqual([["", 150]]);
    await db().delete(calls);
    expect(await raised({ metric: "requests", comparison: "below", threshold: 1 })).toEqual([["", 0]]);
    expect(await raised({ metric: "errorRate", threshold: 1 })).toEqual([]);
    expect(await raised({ metric: "errorRate", threshold: 1, noData: "alert" })).toEqual([["", null]]);
  });

  test("a rule that is changed or switched off ends what it raised; a shipped one cannot be removed", async () => {
    await addShippedRules();
    const [shipped] = await listAlertRules(db());
    await expect(removeAlertRule({ id: shipped?.id ?? "" })).rejects.toMatchObject({ code: "conflict" });
    await aRule({});
    const own = (await listAlertRules(db())).find(({ name }) => name === "Probe");
    hosts = down("h1");
    await turn(0);
    expect(await alertStates()).toContain(" firing");
    await saveAlertRule({ ...plainRule, id: own?.id, name: "Probe", metric: "hostDown", threshold: 0, enabled: false });
    await turn(15);
    expect(await alertStates()).not.toContain(" firing");
  });
});
