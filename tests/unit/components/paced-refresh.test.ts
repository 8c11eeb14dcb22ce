import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pacedRefresh } from "@/components/monitoring/live/paced-refresh";

const pace = { minMs: 5_000, maxMs: 60_000 };
let refresh: ReturnType<typeof vi.fn<() => void>>;
let page: { visibilityState: string };

beforeEach(() => {
  vi.useFakeTimers();
  refresh = vi.fn<() => void>();
  page = { visibilityState: "visible" };
  vi.stubGlobal("document", page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("however often it is asked, a page is read anew at most once in the least time, and after the last asking once more", () => {
  const { ask, stop } = pacedRefresh(refresh, pace);
  for (let second = 0; second < 20; second += 1) {
    ask();
    vi.advanceTimersByTime(1_000);
  }
  expect(refresh).toHaveBeenCalledTimes(4);
  ask();
  vi.advanceTimersByTime(10_000);
  expect(refresh).toHaveBeenCalledTimes(5);
  stop();
});

test("one that was quiet for long is read anew as soon as it is asked, and unasked when the longest time is over", () => {
  const { ask, stop } = pacedRefresh(refresh, pace);
  vi.advanceTimersByTime(59_999);
  expect(refresh).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(refresh).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(30_000);
  ask();
  vi.advanceTimersByTime(0);
  expect(refresh).toHaveBeenCalledTimes(2);
  stop();
});

test("a hidden page is not read, and what it was asked for is not forgotten", () => {
  const { ask, stop } = pacedRefresh(refresh, pace);
  page.visibilityState = "hidden";
  ask();
  vi.advanceTimersByTime(300_000);
  expect(refresh).not.toHaveBeenCalled();
  page.visibilityState = "visible";
  vi.advanceTimersByTime(5_000);
  expect(refresh).toHaveBeenCalledTimes(1);
  stop();
  vi.advanceTimersByTime(300_000);
  expect(refresh).toHaveBeenCalledTimes(1);
});
