import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ModelError, type ModelFailure } from "@/lib/core/errors";
import { type Breaker, startBreaker } from "@/lib/gateway/failover/breaker";

let breaker: Breaker;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  breaker = startBreaker();
});
afterEach(() => {
  vi.useRealTimers();
});

const failing = (reason: ModelFailure, answer = {}) => new ModelError(reason, "It failed.", answer);
const fail = (error: Error = failing("crashed")) => breaker.run(() => Promise.reject(error)).catch((thrown) => thrown);
async function failTimes(count: number, error?: Error) {
  for (let call = 0; call < count; call++) await fail(error);
}
async function succeed() {
  await breaker.run(() => Promise.resolve());
  breaker.onEnd(undefined);
}

test("five failures in a row open it, and four do not", async () => {
  await failTimes(4);
  expect(breaker).toMatchObject({ state: "closed", admits: true });
  await fail();
  expect(breaker).toMatchObject({ state: "open", admits: false, openUntil: new Date(1_001_000) });
  await expect(breaker.run(() => Promise.resolve())).rejects.toThrow();
});

test("a whole reply in between begins the count anew", async () => {
  await failTimes(4);
  for (let call = 0; call < 9; call++) await succeed();
  await failTimes(4);
  expect(breaker.state).toBe("closed");
});

test("more than half of at least ten calls within half a minute open it", async () => {
  const rounds = async (count: number) => {
    for (let round = 0; round < count; round++) {
      await failTimes(2);
      await succeed();
    }
  };
  await rounds(3);
  expect(breaker.state).toBe("closed");
  await fail();
  expect(breaker.state).toBe("open");
});

test("a host that begins every reply and breaks off opens it", async () => {
  for (let call = 0; call < 5; call++) {
    await breaker.run(() => Promise.resolve());
    breaker.onEnd(failing("broke_off"));
  }
  await vi.advanceTimersByTimeAsync(0);
  expect(breaker.state).toBe("open");
});

test("one probe is let through after the pause; its success closes the breaker", async () => {
  await failTimes(5);
  vi.advanceTimersByTime(1_000);
  expect(breaker.admits).toBe(true);
  const probe = Promise.withResolvers<void>();
  const probing = breaker.run(() => probe.promise);
  expect(breaker).toMatchObject({ state: "half-open", admits: false });
  probe.resolve();
  await probing;
  expect(breaker).toMatchObject({ state: "closed", admits: true });
});

test("each failed probe doubles the pause, to a minute at most", async () => {
  await failTimes(5);
  const pauses: number[] = [];
  for (let probe = 0; probe < 8; probe++) {
    vi.setSystemTime(breaker.openUntil);
    await fail();
    pauses.push(breaker.openUntil.getTime() - Date.now());
  }
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test("a probe that its caller gives up does not count as a success", async () => {
  await failTimes(5);
  vi.advanceTimersByTime(1_000);
  await fail(new Error("stopped"));
  expect(breaker.state).toBe("open");
});

test.each<[ModelFailure, object]>([
  ["context_too_long", {}],
  ["key_rejected", { hostStatus: 401 }],
  ["model_not_installed", { hostStatus: 404 }],
  ["refused_by_policy", {}],
  ["overloaded", { hostStatus: 429, retryAfterS: 1 }],
  ["bad_request", { hostStatus: 400 }],
  ["bad_reply", { hostStatus: 405 }],
])("%s %o says nothing against the host", async (reason, answer) => {
  await failTimes(20, failing(reason, answer));
  expect(breaker.state).toBe("closed");
});

test.each<[ModelFailure, object]>([
  ["host_refused", {}],
  ["timed_out", {}],
  ["crashed", { hostStatus: 500 }],
  ["bad_reply", {}],
  ["overloaded", { hostStatus: 503 }],
])("%s %o counts", async (reason, answer) => {
  await failTimes(5, failing(reason, answer));
  expect(breaker.state).toBe("open");
});

test("callers that stop do not count", async () => {
  await failTimes(20, new Error("stopped by the reader"));
  expect(breaker.state).toBe("closed");
});

test("closing it by hand lets calls through at once and begins the count anew", async () => {
  await failTimes(5);
  breaker.close();
  expect(breaker).toMatchObject({ state: "closed", admits: true });
  await failTimes(4);
  expect(breaker.state).toBe("closed");
  await fail();
  expect(breaker.state).toBe("open");
});
