import { beforeEach, expect, test, vi } from "vitest";
import { ModelError, type ModelFailure } from "@/lib/core/errors";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { pauseBeforeRetry } from "@/lib/gateway/failover/pause-before-retry";
import { earnRetry, spendRetry } from "@/lib/gateway/failover/retry-budget";
import { slidingWindow } from "@/lib/gateway/failover/sliding-window";

beforeEach(() => clearProcessGlobal("gateway-retry-budget"));

const failed = (reason: ModelFailure, facts = {}) => new Map([["host", new ModelError(reason, "It failed.", facts)]]);

test("retries are at most a tenth of the calls, and ten that quiet times saved up", () => {
  let spent = 0;
  for (let call = 0; call < 1_000; call++) {
    earnRetry();
    if (spendRetry()) spent++;
  }
  expect(spent).toBeGreaterThanOrEqual(100);
  expect(spent).toBeLessThanOrEqual(110);
});

test.each<[ModelFailure, object]>([
  ["overloaded", {}],
  ["host_refused", {}],
  ["crashed", {}],
  ["timed_out", { cause: new Error("connect") }],
])("%s may pass, so that the host is asked again", async (reason, facts) => {
  expect(await pauseBeforeRetry(failed(reason, facts), 0)).toBe("host");
});

test.each<[ModelFailure, object]>([
  ["key_rejected", {}],
  ["model_not_installed", {}],
  ["bad_reply", {}],
  ["timed_out", {}],
  ["overloaded", { retryAfterS: 11 }],
])("%s %o is not tried again, at no cost to the budget", async (reason, facts) => {
  for (let call = 0; call < 20; call++) expect(await pauseBeforeRetry(failed(reason, facts), 0)).toBeUndefined();
  expect(spendRetry()).toBe(true);
});

test("a call comes back twice at most", async () => {
  expect(await pauseBeforeRetry(failed("crashed"), 1)).toBe("host");
  expect(await pauseBeforeRetry(failed("crashed"), 2)).toBeUndefined();
});

test("of several hosts one is asked again, which is one retry: the one that asked for least patience, else the one that failed first", async () => {
  const all = new Map([
    ["patient", new ModelError("overloaded", "It failed.", { retryAfterS: 9 })],
    ["first", new ModelError("crashed", "It failed.")],
    ["second", new ModelError("crashed", "It failed.")],
  ]);
  for (let call = 0; call < 10; call++) expect(await pauseBeforeRetry(all, 0)).toBe("first");
  expect(await pauseBeforeRetry(all, 0)).toBeUndefined();
}, 10_000);

test("a host that asks for a second of patience gets it, and others a part of 200 and 400 ms", async () => {
  const timed = async (facts: object, retry: number) => {
    const startedAt = performance.now();
    await pauseBeforeRetry(failed("overloaded", facts), retry);
    return performance.now() - startedAt;
  };
  const random = vi.spyOn(Math, "random").mockReturnValue(0.5);
  const [asked, first, second] = await Promise.all([timed({ retryAfterS: 1 }, 0), timed({}, 0), timed({}, 1)]);
  random.mockRestore();
  expect(asked).toBeGreaterThanOrEqual(1_000);
  expect(first).toBeGreaterThanOrEqual(95);
  expect(first).toBeLessThan(asked);
  expect(second).toBeGreaterThanOrEqual(195);
});

test("a caller that stops ends the pause at once", async () => {
  const stop = new AbortController();
  const pausing = pauseBeforeRetry(failed("overloaded", { retryAfterS: 10 }), 0, stop.signal);
  stop.abort(new Error("stopped"));
  await expect(pausing).rejects.toThrow("stopped");
});

test("a percentile is of the last hundred, and unknown below twenty", () => {
  const window = slidingWindow();
  for (let figure = 1; figure < 20; figure++) window.add(figure);
  expect(window.percentile(0.95)).toBeUndefined();
  for (let figure = 20; figure <= 200; figure++) window.add(figure);
  expect(window.percentile(0.95)).toBe(196);
});
