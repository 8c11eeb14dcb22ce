import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HostLoad } from "@/lib/gateway/queue/host-load";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("calls at once share a host's time, so that an hour of it is paid for once", () => {
  const host = new HostLoad();
  const first = host.enter();
  vi.advanceTimersByTime(1_000);
  const second = host.enter();
  vi.advanceTimersByTime(1_000);
  expect([first.workedMs(), second.workedMs(), host.running]).toEqual([1_500, 500, 2]);
  first.leave();
  vi.advanceTimersByTime(1_000);
  second.leave();
  first.leave();
  expect([first.workedMs(), second.workedMs(), host.running]).toEqual([1_500, 1_500, 0]);
});

test("time in which a host does nothing is nobody's", () => {
  const host = new HostLoad();
  host.enter().leave();
  vi.advanceTimersByTime(5_000);
  const call = host.enter();
  vi.advanceTimersByTime(10);
  expect(call.workedMs()).toBe(10);
});
