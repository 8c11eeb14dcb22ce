import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { queueStates } from "@/lib/gateway/queue/queue-states";
import { ask } from "@/tests/support/gateway";
import { anyKey, inBulk, seeHosts, sharedModel, withTwoHosts } from "@/tests/support/two-hosts";

const id = sharedModel;
const hosts = withTwoHosts();

describe("the line for a model", () => {
  beforeEach(async () => {
    await seeHosts([hosts.first]);
    await hosts.allowParallel(2);
  });
  afterEach(() => {
    delete process.env.HEARTH_QUEUE_MAX;
    delete process.env.HEARTH_QUEUE_TIMEOUT_MS;
  });

  test("lets through no more than the host may have at once", async () => {
    let mostAtOnce = 0;
    const timer = setInterval(() => {
      mostAtOnce = Math.max(mostAtOnce, ...queueStates().map(({ running }) => running));
    }, 1);
    await hosts.first.behave({ intervalMs: 2 });
    const answers = await inBulk(12);
    clearInterval(timer);
    expect(answers.every(({ failure }) => failure === undefined)).toBe(true);
    expect(mostAtOnce).toBe(2);
    expect(answers.filter(({ record }) => (record?.queuedMs ?? 0) > 0)).toHaveLength(10);
    expect(queueStates()).toEqual([{ modelId: id, running: 0, waiting: 0, limit: 2 }]);
  });

  test("is fair: a hundred calls of one user do not hold up another's one, and background work waits for both", async () => {
    await hosts.first.behave({ tokens: 2, intervalMs: 2 });
    const ended: string[] = [];
    const by = (owner: string, purpose: "api" | "title" = "api") =>
      ask(id, { context: { userId: null, purpose, key: { ...anyKey, id: owner } } }).then(() => ended.push(owner));
    const many = Array.from({ length: 100 }, () => by("many"));
    const title = by("background", "title");
    await new Promise((resolve) => setImmediate(resolve));
    const one = by("one");
    await Promise.all([...many, title, one]);
    expect(ended.indexOf("one")).toBeLessThan(8);
    expect(ended.indexOf("background")).toBeGreaterThanOrEqual(99);
  });

  test("tells each its place from 1 whenever it changes, and 0 when it is let through", async () => {
    await hosts.first.behave({ tokens: 3, intervalMs: 15 });
    const told: number[][] = [[], [], [], [], []];
    const by = (index: number) => ask(id, { context: { onQueue: (position) => told[index]?.push(position) } });
    await Promise.all(told.map((_, index) => by(index)));
    expect(told.slice(0, 2)).toEqual([[], []]);
    expect(told[2]).toEqual([1, 0]);
    expect(told[4]?.[0]).toBe(3);
    expect(told[4]?.at(-1)).toBe(0);
    expect(told[4]).toEqual(told[4]?.toSorted((a, b) => b - a));
  });

  test("is refused with the time to wait when it is full, at once", async () => {
    process.env.HEARTH_QUEUE_MAX = "3";
    await seeHosts([hosts.first]);
    await hosts.first.behave({ tokens: 10, intervalMs: 30 });
    const asking = inBulk(5);
    await expect.poll(() => queueStates()[0]?.waiting).toBe(3);
    const startedAt = performance.now();
    await expect(ask(id)).rejects.toMatchObject({ status: 429, retryAfterS: expect.any(Number) });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect((await asking).every(({ failure }) => failure === undefined)).toBe(true);
  });

  test("that one owner fills is open to another: the newest of the first's calls makes way, and is told what a full line tells", async () => {
    process.env.HEARTH_QUEUE_MAX = "3";
    await seeHosts([hosts.first]);
    await hosts.first.behave({ tokens: 10, intervalMs: 30 });
    const by = (owner: string) => ask(id, { context: { userId: null, purpose: "api", key: { ...anyKey, id: owner } } });
    const anns = Array.from({ length: 5 }, () => by("ann").catch((error) => error));
    await expect.poll(() => queueStates()[0]?.waiting).toBe(3);
    const bobs = by("bob");
    expect(await anns[4]).toMatchObject({ status: 429, code: "rate_limited", retryAfterS: expect.any(Number) });
    await expect(by("ann")).rejects.toMatchObject({ status: 429 });
    expect(await bobs).toMatchObject({ failure: undefined, record: { outcome: "complete" } });
    expect((await Promise.all(anns.slice(0, 4))).every(({ failure }) => failure === undefined)).toBe(true);
  });

  test("is left after the longest wait, and at once by who stops", async () => {
    process.env.HEARTH_QUEUE_TIMEOUT_MS = "200";
    await seeHosts([hosts.first]);
    await hosts.first.behave({ tokens: 30, intervalMs: 30 });
    const running = inBulk(2);
    await expect.poll(() => queueStates()[0]?.running).toBe(2);
    const stop = new AbortController();
    const stopped = ask(id, { abortSignal: stop.signal }).catch((error) => error);
    await expect.poll(() => queueStates()[0]?.waiting).toBe(1);
    stop.abort(new Error("stopped"));
    expect(await stopped).toMatchObject({ message: "stopped" });
    expect(queueStates()[0]?.waiting).toBe(0);
    const late = await ask(id);
    expect(late).toMatchObject({ failure: { reason: "overloaded", message: expect.stringMatching(/stayed taken/) } });
    expect(late.tookMs).toBeLessThan(2_000);
    expect(hosts.first.chats).toHaveLength(2);
    await running;
  });

  test("is one for all hosts: whichever has a place serves", async () => {
    await seeHosts([hosts.first, hosts.second]);
    await hosts.allowParallel(1, "environment-ollama-2");
    await hosts.first.behave({ tokens: 100, intervalMs: 20 });
    await hosts.second.behave({ tokens: 2, intervalMs: 2 });
    const stop = new AbortController();
    const blocking = Array.from({ length: 3 }, () => ask(id, { abortSignal: stop.signal }).catch(() => undefined));
    await expect.poll(() => queueStates()[0]?.running).toBeGreaterThanOrEqual(2);
    const answers = await inBulk(4);
    expect(answers.every(({ record }) => record?.upstream === "ollama-2")).toBe(true);
    stop.abort();
    await Promise.all(blocking);
  });
});

test("five hundred calls at once to an Ollama that takes them are neither refused nor held up for long", async () => {
  await seeHosts([hosts.first]);
  await hosts.first.behave({ tokens: 20, intervalMs: 50 });
  const startedAt = performance.now();
  const answers = await inBulk(500);
  expect(answers.every(({ failure }) => failure === undefined)).toBe(true);
  // One after the other in fours they would take 125 seconds.
  expect(performance.now() - startedAt).toBeLessThan(50_000);
}, 90_000);
