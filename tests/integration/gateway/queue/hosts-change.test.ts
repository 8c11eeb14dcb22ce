import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { deleteUpstream } from "@/lib/gateway/delete-upstream";
import { gatewayState } from "@/lib/gateway/gateway-state";
import { checkDueHosts } from "@/lib/gateway/health-loop";
import { listModels } from "@/lib/gateway/list-models";
import { allLanes } from "@/lib/gateway/queue/lane";
import { queueStates } from "@/lib/gateway/queue/queue-states";
import { updateUpstream } from "@/lib/gateway/update-upstream";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { ask } from "@/tests/support/gateway";
import { anyKey, inBulk, seeHosts, sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = sharedModel;
const hosts = withTwoHosts();
let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
});

/** Begins a call that goes on until the test's end. */
async function occupy(model = id): Promise<void> {
  void ask(model, { abortSignal: stop.signal }).catch(() => undefined);
  await expect.poll(() => stateOf(model)?.running).toBe(1);
}

async function checkAll(): Promise<void> {
  for (const host of gatewayState().hosts.values()) host.nextCheckAt = 0;
  await checkDueHosts();
}

const stateOf = (model: string) => queueStates().find(({ modelId }) => modelId === model);
const waitingFor = (model = id) => stateOf(model)?.waiting;

describe("those who wait", () => {
  beforeEach(async () => {
    await hosts.first.behave({ tokens: 1_000, intervalMs: 20 });
  });
  afterEach(async () => {
    stop.abort();
    await expect.poll(() => queueStates().every(({ running, waiting }) => running + waiting === 0)).toBe(true);
  });

  test("are served by a host that is added, in their order", async () => {
    await seeHosts([hosts.first]);
    await hosts.allowParallel(1);
    await occupy();
    const waiting = inBulk(2);
    await expect.poll(() => waitingFor()).toBe(2);
    const added = await addUpstream({ name: "late", kind: "ollama", baseUrl: hosts.second.url });
    expect((await waiting).map(({ record }) => record?.upstream)).toEqual(["late", "late"]);
    await deleteUpstream(added);
  });

  test("are served by a host that comes back", async () => {
    await hosts.second.behave({ misbehave: "refuse" });
    await seeHosts([hosts.first, hosts.second]);
    await hosts.allowParallel(1);
    await occupy();
    const waiting = ask(id);
    await expect.poll(() => waitingFor()).toBe(1);
    await hosts.second.behave({ misbehave: undefined });
    await checkAll();
    expect(await waiting).toMatchObject({ failure: undefined, record: { upstream: "ollama-2", attempts: 1 } });
  });

  test("are not forgotten when the host is found to list the model by its name with a tag", async () => {
    await hosts.first.behave({ models: [{ name: "other:1b" }] });
    await seeHosts([hosts.first]);
    await hosts.allowParallel(1);
    void ask("ollama/new", { abortSignal: stop.signal }).catch(() => undefined);
    await expect.poll(() => stateOf("ollama/new:latest")?.running).toBe(1);
    const waiting = ask("ollama/new", { context: { userId: null, purpose: "api", key: anyKey } });
    await expect.poll(() => waitingFor("ollama/new:latest")).toBe(1);
    await hosts.first.behave({ models: [{ name: "new:latest" }], tokens: 2 });
    await checkAll();
    stop.abort();
    expect(await waiting).toMatchObject({ failure: undefined, record: { outcome: "complete" } });
  });

  test("are served at once when an admin allows more calls at once", async () => {
    await seeHosts([hosts.first]);
    await updateUpstream({ id: "environment-ollama", maxParallel: 1 });
    await occupy();
    void ask(id, { abortSignal: stop.signal }).catch(() => undefined);
    await expect.poll(() => waitingFor()).toBe(1);
    await updateUpstream({ id: "environment-ollama", maxParallel: 2 });
    expect(stateOf(id)).toMatchObject({ running: 2, waiting: 0 });
  });

  test.each(["disabled", "deleted"])("for a host that is %s do not ask it, and are told that there is none", async (what) => {
    const saved = await fakeOpenai({ tokens: 1_000, intervalMs: 20, models: [{ name: "m" }] });
    const { id: hostId } = await addUpstream({ name: "leaving", kind: "openai-compatible", baseUrl: saved.url });
    await updateUpstream({ id: hostId, maxParallel: 1 });
    await listModels();
    await occupy("leaving/m");
    const waiting = ask("leaving/m");
    await expect.poll(() => waitingFor("leaving/m")).toBe(1);
    await (what === "disabled" ? updateUpstream({ id: hostId, enabled: false }) : deleteUpstream({ id: hostId }));
    expect(await waiting).toMatchObject({ failure: { reason: "no_model" } });
    stop.abort();
    await expect.poll(() => stateOf("leaving/m")?.running).toBe(0);
    expect(saved.chats).toHaveLength(1);
    if (what === "disabled") await deleteUpstream({ id: hostId });
    await saved.close();
  });

  test("let one of them try a host that failed repeatedly, and keep their places for when it is well", async () => {
    await seeHosts([hosts.first, hosts.second]);
    await hosts.allowParallel(1);
    await hosts.second.behave({ misbehave: "garbage" });
    for (let call = 0; call < 5; call++) await ask(id, { context: { key: { ...anyKey, upstreams: ["ollama-2"] } } });
    const breaker = allLanes().find(({ hostName }) => hostName === "ollama-2")?.breaker;
    expect(breaker).toMatchObject({ state: "open", admits: false });
    await hosts.second.behave({ misbehave: undefined, misbehaveInTurn: ["garbage", ...Array(9).fill(undefined)] });
    await occupy();
    const answered: (string | undefined)[] = [];
    for (let call = 0; call < 3; call++)
      ask(id, { abortSignal: stop.signal }).then(
        ({ record }) => answered.push(record?.upstream),
        () => undefined,
      );
    await expect.poll(() => waitingFor()).toBe(3);
    for (const asked of [6, 7]) {
      await expect.poll(() => breaker?.admits, { timeout: 4_000 }).toBe(true);
      await checkAll();
      await expect.poll(() => hosts.second.chats.length).toBeGreaterThanOrEqual(asked);
    }
    await expect.poll(() => answered).toEqual(["ollama-2", "ollama-2"]);
    expect(hosts.second.chats).toHaveLength(8);
  }, 15_000);

  test("are not overtaken by a newcomer when a place has come free that they did not see on their arrival", async () => {
    await seeHosts([hosts.first, hosts.second]);
    await hosts.allowParallel(1);
    await hosts.allowParallel(1, "environment-ollama-2");
    await ask(id, { context: { key: { ...anyKey, upstreams: ["ollama-2"] } } });
    const second = allLanes().find(({ hostName }) => hostName === "ollama-2");
    if (!second) throw new Error("The second host has no lane.");
    second.pausedUntil = Date.now() + 60_000;
    await occupy();
    const order: string[] = [];
    const waiting = ask(id).then(() => order.push("waited"));
    await expect.poll(() => waitingFor()).toBe(1);
    second.pausedUntil = 0;
    const newcomer = ask(id).then(() => order.push("newcomer"));
    await Promise.all([waiting, newcomer]);
    expect(order).toEqual(["waited", "newcomer"]);
  });
});
