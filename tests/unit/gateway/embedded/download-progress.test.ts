import { expect, test, vi } from "vitest";
import { type Progress, progressMeter } from "@/lib/gateway/embedded/download/progress";
import { barOf } from "@/lib/gateway/embedded/download/show-progress";

test("the speed is that of the last five seconds, not of the whole download", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const shown: Progress[] = [];
  const onBytes = progressMeter("Host", (progress) => shown.push(progress));
  onBytes(0, 100_000);
  vi.advanceTimersByTime(1_000);
  onBytes(50_000, 100_000);
  expect(shown.at(-1)?.bytesPerSecond).toBe(50_000);
  vi.advanceTimersByTime(6_000);
  onBytes(50_000, 100_000);
  vi.advanceTimersByTime(1_000);
  onBytes(51_000, 100_000);
  expect(shown.at(-1)?.bytesPerSecond).toBe(1_000);
  vi.useRealTimers();
});

test("the bar shows share, size, speed and source in one line", () => {
  const progress: Progress = {
    state: "running",
    receivedBytes: 49_000_000,
    totalBytes: 98_000_000,
    bytesPerSecond: 12_340_000,
    source: "Hugging Face",
  };
  expect(barOf("SmolLM2", progress)).toBe(`SmolLM2  ${"█".repeat(15)}${"░".repeat(15)}  50 %  49 of 98 MB  12.3 MB/s  Hugging Face`);
  expect(barOf("SmolLM2", { ...progress, receivedBytes: 98_000_000, state: "checking" })).toContain("100 %  98 of 98 MB  checking");
});
