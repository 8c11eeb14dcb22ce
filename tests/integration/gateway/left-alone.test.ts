import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { alertProbes } from "@/alert-probes";
import { readNow } from "@/app/(workspace)/monitoring/read-now";
import { addUpstream } from "@/lib/gateway/add-upstream";
import { deleteUpstream } from "@/lib/gateway/delete-upstream";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { closeHostBreaker } from "@/lib/gateway/hosts/close-host-breaker";
import { getUpstream } from "@/lib/gateway/hosts/list-upstreams";
import { listModels } from "@/lib/gateway/list-models";
import { testUpstream } from "@/lib/gateway/test-upstream";
import { updateUpstream } from "@/lib/gateway/update-upstream";
import { fakeOpenai } from "@/tests/support/fake-openai";
import { ask } from "@/tests/support/gateway";
import { seeHosts, sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = "environment-ollama";
const hosts = withTwoHosts();
const failTimes = async (count: number, model = sharedModel) => {
  for (let call = 0; call < count; call++) await ask(model);
};
/** As alerts count them, which are those that the overview names. */
async function openBreakers(): Promise<number[]> {
  const counts = (await alertProbes.hosts()).map(({ openBreakers }) => openBreakers);
  expect((await readNow()).hosts.map(({ broken }) => broken.length)).toEqual(counts);
  return counts;
}

describe("a model that kept failing", () => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await seeHosts([hosts.first]);
    await hosts.first.behave({ misbehave: "garbage" });
    await failTimes(5);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

  test("and is deleted from its host is shown and alarms until the host would be asked again, and no longer", async () => {
    await hosts.first.behave({ models: [] });
    await testUpstream({ id });
    expect((await getUpstream(id)).lanes).toMatchObject([{ model: sharedModel, breaker: { state: "open" } }]);
    expect(await openBreakers()).toEqual([1]);
    pass(2);
    expect((await getUpstream(id)).lanes).toEqual([]);
    expect(await openBreakers()).toEqual([0]);
  });

  test("alarms while it is asked for now and then, and no longer when nobody has asked for five minutes", async () => {
    pass(240);
    expect(await openBreakers()).toEqual([1]);
    await failTimes(1);
    pass(240);
    expect(await openBreakers()).toEqual([1]);
    pass(120);
    expect(await openBreakers()).toEqual([0]);
    expect((await getUpstream(id)).lanes).toMatchObject([{ breaker: { state: "open", reason: expect.any(String) } }]);
  });
});

test("a host that was refused at its old address is a new one at another: nothing of the old breaker is left", async () => {
  const saved = await fakeOpenai({ models: [{ name: "m" }] });
  const added = await addUpstream({ name: "moving", kind: "openai-compatible", baseUrl: "http://127.0.0.1:9/v1" });
  await failTimes(5, "moving/m");
  expect((await getUpstream(added.id)).lanes).toMatchObject([{ model: "moving/m", breaker: { state: "open" } }]);
  await updateUpstream({ id: added.id, baseUrl: saved.url });
  await listModels();
  expect((await ask("moving/m")).failure).toBeUndefined();
  expect((await getUpstream(added.id)).lanes).toMatchObject([{ model: "moving/m", breaker: { state: "closed", reason: null } }]);
  expect(breakerStates().filter(({ hostId }) => hostId === added.id)).toMatchObject([{ state: "closed" }]);
  await deleteUpstream(added);
  expect(breakerStates().filter(({ hostId }) => hostId === added.id)).toEqual([]);
  await saved.close();
});

test("a breaker that refusals opened closes also when the host comes back with a new key", async () => {
  const saved = await fakeOpenai({ models: [{ name: "m" }], misbehave: "refuse" });
  const added = await addUpstream({ name: "locked", kind: "openai-compatible", baseUrl: saved.url });
  await testUpstream({ id: added.id });
  await failTimes(5, "locked/m");
  const states = () => breakerStates().filter(({ hostId }) => hostId === added.id);
  expect(states()).toMatchObject([{ state: "open" }]);
  await saved.behave({ misbehave: undefined });
  await updateUpstream({ id: added.id, apiKey: "new" });
  await testUpstream({ id: added.id });
  expect(states()).toMatchObject([{ state: "closed" }]);
  await deleteUpstream(added);
  await saved.close();
});

test("a host that asked for patience is shown with until when, and asked at once when an admin says so", async () => {
  await seeHosts([hosts.first]);
  await hosts.first.behave({ misbehave: "rate-limit", retryAfter: "600" });
  await failTimes(1);
  const { lanes } = await getUpstream(id);
  expect(lanes).toMatchObject([{ model: sharedModel, breaker: { state: "closed" }, pausedUntil: expect.any(Date) }]);
  expect(lanes[0]?.pausedUntil?.getTime()).toBeGreaterThan(Date.now() + 590_000);
  await hosts.first.behave({ misbehave: undefined });
  await closeHostBreaker({ id, model: sharedModel });
  expect((await getUpstream(id)).lanes).toMatchObject([{ pausedUntil: null }]);
  expect((await ask(sharedModel)).failure).toBeUndefined();
});
