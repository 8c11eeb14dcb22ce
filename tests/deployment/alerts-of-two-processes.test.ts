import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { openServer } from "@/db/open-server";
import { addAlertChannel } from "@/lib/monitoring/alerts/add-alert-channel";
import { aRule } from "../support/alerts";
import { type ApiClient, signUp } from "../support/api-client";
import { fakeOllama } from "../support/fake-ollama";
import { type Hearth, startHearth } from "../support/hearth";
import { emptyServerDatabase } from "../support/test-server-database";
import { webhookReceiver } from "../support/webhook-receiver";

/** Some turns of both processes: whatever is told twice has been by then. */
const someTurnsMs = 2_500;

describe.skipIf(!process.env.TEST_DATABASE_URL)("alerts of two processes on one Postgres", () => {
  let ollama: Awaited<ReturnType<typeof fakeOllama>>;
  let receiver: Awaited<ReturnType<typeof webhookReceiver>>;
  let server: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let database: Database;
  let first: Hearth;
  let second: Hearth;
  let onSecond: ApiClient;

  beforeAll(async () => {
    [ollama, receiver, server] = await Promise.all([fakeOllama(), webhookReceiver(), emptyServerDatabase()]);
    const often = { HEARTH_HOST_CHECK_MS: "500", HEARTH_ALERT_EVERY_MS: "500" };
    const env = { DATABASE_URL: server.url, OLLAMA_BASE_URL: ollama.url, ...often };
    [first, second] = await Promise.all([startHearth({ env }), startHearth({ env })]);
    onSecond = (await signUp(first.url)).at(second.url);
    database = await openServer(server.url);
    setDatabase(database);
    await addAlertChannel({ kind: "webhook", name: "Pager", url: receiver.url });
    await aRule({ name: "A host is gone", groupBy: "host" });
  });
  afterAll(async () => {
    await Promise.all([first?.close(), second?.close()]);
    await database?.close();
    await server?.drop();
    await Promise.all([ollama?.close(), receiver?.close()]);
  });

  /** What the webhook was told of the rule, in order. The shipped rule of hosts waits for half a minute. */
  const told = () => receiver.received.map(({ text }) => JSON.parse(text)).filter(({ alert }) => alert.rule === "A host is gone");
  const events = () => told().map(({ event }) => event as string);
  const until = (wanted: string[]) => expect.poll(events, { timeout: 30_000, interval: 50 }).toEqual(wanted);
  const active = async () => {
    const { items } = await onSecond.json<{ items: { ruleName: string; state: string; label: string }[] }>("/api/v1/alerts");
    return items.filter(({ ruleName, state }) => ruleName === "A host is gone" && state === "firing").map(({ label }) => label);
  };

  test("a host that is killed fires one alert, told exactly once, and its return ends it, told exactly once", async () => {
    await ollama.behave({ misbehave: "refuse" });
    await until(["firing"]);
    expect(await active()).toEqual(["ollama"]);
    await sleep(someTurnsMs);
    await ollama.behave({ misbehave: undefined });
    await until(["firing", "resolved"]);
    await sleep(someTurnsMs);
    expect(events()).toEqual(["firing", "resolved"]);
    expect(await active()).toEqual([]);
    expect(new Set(receiver.received.map(({ headers }) => headers["x-hearth-delivery"])).size).toBe(receiver.received.length);
  });

  test("when one process ends the other goes on to tell, exactly once", async () => {
    const before = events().length;
    await first.kill("SIGTERM");
    await ollama.behave({ misbehave: "refuse" });
    await until(["firing", "resolved", "firing"]);
    await sleep(someTurnsMs);
    expect(events().slice(before)).toEqual(["firing"]);
  });
});
