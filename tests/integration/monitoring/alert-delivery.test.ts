import { webcrypto } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, db } from "@/db/database";
import { alertDeliveries } from "@/db/schema/alerts";
import { addAlertChannel } from "@/lib/monitoring/alerts/add-alert-channel";
import { alertsPage } from "@/lib/monitoring/alerts/list-alerts";
import type { HostProbe } from "@/lib/monitoring/alerts/measure";
import { testAlertChannel } from "@/lib/monitoring/alerts/test-alert-channel";
import { withEnvironment } from "@/tests/support/accounts";
import { aRule, bothTakeTurns, down, startedMs } from "@/tests/support/alerts";
import { databaseKinds, freshDatabase } from "@/tests/support/database";
import { smtpReceiver } from "@/tests/support/smtp-receiver";
import { webhookReceiver } from "@/tests/support/webhook-receiver";

describe.each(databaseKinds)("alerts are told on %s", (kind) => {
  let database: Database;
  let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
  let hosts: HostProbe[];

  beforeEach(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_URL: undefined });
    database = await freshDatabase(kind);
    receiver = await webhookReceiver();
    hosts = [];
  });
  afterEach(() => Promise.all([database.close(), receiver.close()]));

  const turn = (seconds: number) => bothTakeTurns(seconds, { hosts: async () => hosts });

  test("the signature is the HMAC of time and body under the secret, and neither the secret nor the address is kept or told in plain", async () => {
    const { secret } = await addAlertChannel({ kind: "webhook", name: "Pager", url: receiver.url });
    await aRule({});
    hosts = down("h1");
    await turn(0);
    const [hook] = receiver.received;
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(hook?.headers["x-hearth-signature"])) ?? [];
    expect(Number(seconds)).toBe(Math.floor(startedMs / 1_000));
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
    await aRule({});
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
    await aRule({ groupBy: "host" });
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
});
