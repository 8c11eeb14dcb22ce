import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostSettings } from "@/db/schema/gateway";
import { closeBreaker } from "@/lib/gateway/failover/close-breaker";
import { closeAgents } from "@/lib/gateway/host-agents";
import { loadHostSettings } from "@/lib/gateway/host-settings";
import { listModels } from "@/lib/gateway/list-models";
import { queueStates } from "@/lib/gateway/queue/queue-states";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { flushSpans } from "@/lib/monitoring/spans/span-queue";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import type { Misbehaviour } from "../../support/fake-protocol";
import { ask, bootGateway, setHosts } from "../../support/gateway";

const id = "ollama/llama3.2:3b";
const hostIds = ["environment-ollama", "environment-ollama-2"];
const atOnce = 50;
/** Fewer than there are calls, so that some always stand in line. */
const placesEach = 20;
const faults: Misbehaviour[] = [
  ...(["drop-mid-stream", "server-error", "garbage", "error-mid-stream", "empty"] as const),
  ...(["silence-mid-stream", "unavailable", "no-end-marker", "hang-before-headers"] as const),
];
/** Every third request meets the next of the faults, so that breakers stay closed most of the time and hosts are asked. */
const inTurn = faults.flatMap((fault) => [undefined, undefined, fault]);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

let gateway: Awaited<ReturnType<typeof bootGateway>>;
let hosts: FakeHost[];
const warnings: string[] = [];
const onWarning = (warning: Error) => warnings.push(String(warning));

beforeAll(async () => {
  gateway = await bootGateway({});
  hosts = await Promise.all([0, 1].map(() => fakeOllama({ tokens: 3, misbehaveInTurn: inTurn })));
  const impatient = { HEARTH_IDLE_TIMEOUT_MS: "200", HEARTH_FIRST_TOKEN_TIMEOUT_MS: "1000", HEARTH_COLD_LOAD_TIMEOUT_MS: "1000" };
  setHosts({ OLLAMA_BASE_URL: hosts.map(({ url }) => url).join(","), ...impatient });
  await listModels();
  // Else how many calls each host gets at once, and with it how long the test takes, would be found out anew each time.
  const limits = hostIds.map((hostId) => ({ hostId, maxParallel: placesEach }));
  await gateway.database.db.insert(hostSettings).values(limits);
  await loadHostSettings();
  // Node warns of an emitter, such as a socket, that gathers more than ten listeners of a kind.
  process.on("warning", onWarning);
});
afterAll(async () => {
  process.off("warning", onWarning);
  await Promise.all(hosts.map((host) => host.close()));
  await closeAgents();
  await gateway.close();
});

/** What is there while no call is under way: memory in MB, timers, both ends of sockets, and who listens to the caller's signal and to the process. */
async function left(signal: AbortSignal) {
  await Promise.all([flushCalls(), flushSpans()]);
  await expect.poll(() => queueStates().map(({ running, waiting }) => running + waiting)).toEqual([0]);
  collectGarbage();
  const ofProcess = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  return {
    heapMb: process.memoryUsage().heapUsed / 1024 / 1024,
    timers: resources("Timeout"),
    sockets: resources("TCP"),
    listeners: getEventListeners(signal, "abort").length + ofProcess,
  };
}

const resources = (kind: string) => process.getActiveResourcesInfo().filter((name) => name.startsWith(kind)).length;

test("ten thousand calls, a third of their requests met by faults, leave no memory, timer, socket or listener behind", async () => {
  const { signal } = new AbortController();
  const met = { begun: 0, answered: 0, askedAgain: 0, brokenOff: 0 };
  const oneAfterTheOther = async (until: number) => {
    while (met.begun < until) {
      const conversationId = `conversation ${met.begun++ % 1_000}`;
      const { failure, record } = await ask(id, { abortSignal: signal, context: { conversationId } });
      if (!failure) met.answered++;
      if ((record?.attempts ?? 0) > 1) met.askedAgain++;
      if (failure && record?.firstTokenAt) met.brokenOff++;
      // Where both breakers are open nobody is asked: a call that counts is one that came to a host.
      if (record?.attempts === 0) {
        met.begun--;
        for (const hostId of hostIds) closeBreaker(hostId, id);
      }
      // The fake's own memory of them is not what is looked at.
      for (const host of hosts) host.requests.length = 0;
    }
  };
  const until = (calls: number) => Promise.all(Array.from({ length: atOnce }, () => oneAfterTheOther(calls)));
  // The fakes, and the connections that their health is asked over.
  const listening = resources("TCP");
  await until(2_000);
  const before = await left(signal);
  await until(10_000);
  const after = await left(signal);

  expect(met.answered).toBeGreaterThan(6_000);
  expect(met.askedAgain).toBeGreaterThan(500);
  expect(met.brokenOff).toBeGreaterThan(500);
  // A quarter of a kilobyte for each call would be two megabytes.
  expect(after.heapMb - before.heapMb).toBeLessThan(2);
  expect(after.timers).toBeLessThanOrEqual(before.timers);
  expect(after.listeners).toBe(before.listeners);
  expect(warnings).toEqual([]);
  // Those kept for the next call are no more than there are places, each with its end at the fake.
  expect(after.sockets).toBeLessThanOrEqual(listening + 2 * hosts.length * placesEach);
  await closeAgents();
  await expect.poll(() => resources("TCP")).toBeLessThanOrEqual(listening);
}, 120_000);
