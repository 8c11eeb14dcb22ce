import { beforeEach, expect, test } from "vitest";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { memoryGrowthMb, sampleMemory } from "@/lib/monitoring/alerts/memory-samples";

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1_000);
beforeEach(() => clearProcessGlobal("alert-memory-samples"));

test("memory has grown by what it is more than a window ago, and by nothing known before the process ran for so long", () => {
  for (const [seconds, mb] of [
    [0, 100],
    [15, 400],
    [30, 120],
    [45, 350],
  ] as const)
    sampleMemory(at(seconds), mb * 1e6);
  expect(memoryGrowthMb(45, at(45))).toBe(250);
  expect(memoryGrowthMb(20, at(45))).toBe(-50);
  expect(memoryGrowthMb(46, at(45))).toBeNull();
});
