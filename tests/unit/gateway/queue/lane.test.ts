import { expect, test, vi } from "vitest";
import { laneOf, pauseLane, pauseLeftMs } from "@/lib/gateway/queue/lane";
import { takePlace } from "@/lib/gateway/queue/take-place";

const upstream = { id: "host", name: "ollama", kind: "ollama", baseUrl: "http://a", source: "saved", enabled: true } as const;

test("what a host says of its patience holds for ten minutes at most, and for one model", () => {
  const [asked, other] = [laneOf(upstream, "asked"), laneOf(upstream, "other")];
  pauseLane(asked, 86_400);
  expect(pauseLeftMs(asked)).toBeGreaterThan(590_000);
  expect(pauseLeftMs(asked)).toBeLessThanOrEqual(600_000);
  expect(pauseLeftMs(other)).toBe(0);
});

test("those who wait for its end are let in then, also after a long one", async () => {
  vi.useFakeTimers();
  const lane = laneOf(upstream, "paused");
  pauseLane(lane, 60);
  const lanes = [lane];
  const place = takePlace({ lanes, lookAgain: () => lanes, context: { userId: null, purpose: "chat" }, signal: undefined, onWaited() {} });
  vi.advanceTimersByTime(60_010);
  vi.useRealTimers();
  await expect(place).resolves.toMatchObject({ lane: { modelId: "ollama/paused:latest" } });
  await place.then((taken) => taken?.leave());
});

test("a model of Ollama is the same with and without the tag that stands for none", () => {
  expect(laneOf(upstream, "tagged")).toBe(laneOf(upstream, "tagged:latest"));
});
