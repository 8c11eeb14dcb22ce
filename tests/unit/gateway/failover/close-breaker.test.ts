import { expect, test } from "vitest";
import { closeBreaker } from "@/lib/gateway/failover/close-breaker";
import { laneOf, pauseLeftMs } from "@/lib/gateway/queue/lane";

test("a model of Ollama's is meant by its name without a tag too", () => {
  const upstream = { id: "gpu", name: "gpu", kind: "ollama" as const, baseUrl: "http://gpu", source: "saved" as const, enabled: true };
  const [meant, other] = [laneOf(upstream, "tiny:latest"), laneOf(upstream, "tiny:1b")];
  for (const lane of [meant, other]) lane.pausedUntil = Date.now() + 60_000;
  closeBreaker("gpu", "ollama/tiny");
  expect(pauseLeftMs(meant)).toBe(0);
  expect(pauseLeftMs(other)).toBeGreaterThan(0);
});
