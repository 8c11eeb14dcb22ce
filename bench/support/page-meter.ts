import type { Page } from "@playwright/test";

export type Smoothness = { longTasks: number; longestTaskMs: number; framesDropped: number; frames: number; domNodes: number };

type Meter = { longTasksMs: number[]; gapsMs: number[]; running: boolean };
type MeteredWindow = Window & { meter?: Meter };

/** Begins to watch a page: tasks over 50 ms, and the time between animation frames. */
export async function startMeter(page: Page): Promise<void> {
  await page.evaluate(() => {
    const meter: Meter = { longTasksMs: [], gapsMs: [], running: true };
    (window as MeteredWindow).meter = meter;
    new PerformanceObserver((list) => meter.longTasksMs.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: "longtask",
    });
    let last = performance.now();
    const frame = (at: number) => {
      meter.gapsMs.push(at - last);
      last = at;
      if (meter.running) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** What was seen since `startMeter`. A gap of three frames' time is two dropped frames, at 60 a second. */
export async function readMeter(page: Page): Promise<Smoothness> {
  const { longTasksMs, gapsMs, domNodes } = await page.evaluate(() => {
    const { meter } = window as MeteredWindow;
    if (meter) meter.running = false;
    return { longTasksMs: meter?.longTasksMs ?? [], gapsMs: meter?.gapsMs ?? [], domNodes: document.getElementsByTagName("*").length };
  });
  const dropped = gapsMs.reduce((sum, gap) => sum + Math.max(0, Math.round((gap * 60) / 1000) - 1), 0);
  return {
    longTasks: longTasksMs.length,
    longestTaskMs: Math.round(Math.max(0, ...longTasksMs)),
    framesDropped: dropped,
    frames: gapsMs.length,
    domNodes,
  };
}

export const smoothnessColumns = ["long tasks (> 50 ms)", "longest ms", "frames dropped", "frames shown", "DOM nodes"];

/** A row's cells in the order of the columns. */
export const smoothnessCells = (seen: Smoothness) => [seen.longTasks, seen.longestTaskMs, seen.framesDropped, seen.frames, seen.domNodes];
