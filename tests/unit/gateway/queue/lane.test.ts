import { expect, test } from "vitest";
import { laneOf, pauseLane, pauseLeftMs } from "@/lib/gateway/queue/lane";

test("what a host says of its patience holds for ten minutes at most, and for one model", () => {
  const upstream = { id: "host", name: "ollama", kind: "ollama", baseUrl: "http://a", source: "saved", enabled: true } as const;
  const [asked, other] = [laneOf(upstream, "asked"), laneOf(upstream, "other")];
  pauseLane(asked, 86_400);
  expect(pauseLeftMs(asked)).toBeGreaterThan(590_000);
  expect(pauseLeftMs(asked)).toBeLessThanOrEqual(600_000);
  expect(pauseLeftMs(other)).toBe(0);
});
