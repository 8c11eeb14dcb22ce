import { expect, test } from "vitest";
import { type ParallelEstimate, parallelEstimate } from "@/lib/gateway/queue/parallel-estimate";

type Host = { serves: number; firstTokenMs: number | ((served: number) => number); replyMs: number };

/** Plays a line of calls against a host that serves so many at once; the rest wait inside it. @returns the limit after each call's end */
function play(host: Host, calls: number, clock = { now: 0 }, estimate: ParallelEstimate = parallelEstimate(() => clock.now)) {
  const limits: number[] = [];
  const waitingInside: ReturnType<ParallelEstimate["start"]>[] = [];
  const events: { at: number; happens: () => void }[] = [];
  let left = calls;
  let inFlight = 0;
  let served = 0;
  let longestInFlight = 0;
  const later = (ms: number, happens: () => void) => events.push({ at: clock.now + ms, happens });
  const serve = () => {
    while (served < host.serves) {
      const call = waitingInside.shift();
      if (!call) return;
      served++;
      later(typeof host.firstTokenMs === "number" ? host.firstTokenMs : host.firstTokenMs(served), () => {
        estimate.firstToken(call);
        fill();
        later(host.replyMs, () => {
          served--;
          inFlight--;
          estimate.end(call);
          limits.push(estimate.limit);
          serve();
          fill();
        });
      });
    }
  };
  const fill = () => {
    while (left > 0 && inFlight < estimate.limit) {
      left--;
      inFlight++;
      longestInFlight = Math.max(longestInFlight, inFlight);
      waitingInside.push(estimate.start());
    }
    serve();
  };
  fill();
  while (events.length > 0) {
    events.sort((a, b) => a.at - b.at);
    const next = events.shift();
    if (!next) break;
    clock.now = next.at;
    next.happens();
  }
  return { limits, estimate, longestInFlight };
}

test.each([1, 2, 3, 4, 6, 8])("a host that serves %d at once is found out", (serves) => {
  const { estimate, longestInFlight } = play({ serves, firstTokenMs: 300, replyMs: 2_000 }, 12 + 5 * serves);
  expect(estimate).toMatchObject({ limit: serves, isSettled: true });
  expect(longestInFlight).toBeLessThanOrEqual(Math.max(4, serves * 2));
});

test("a host that answers everything at once gets five hundred calls within a few answers", () => {
  const clock = { now: 0 };
  const { longestInFlight } = play({ serves: 10_000, firstTokenMs: 5, replyMs: 3_000 }, 500, clock);
  expect(longestInFlight).toBe(500);
  // Eight doublings of one first token each, then the reply.
  expect(clock.now).toBeLessThan(3_000 + 10 * 5);
});

test("short replies of a fast host are no reason to hold calls back", () => {
  const { estimate, longestInFlight } = play({ serves: 10_000, firstTokenMs: 2, replyMs: 1 }, 1_000);
  expect(estimate.isSettled).toBe(false);
  expect(longestInFlight).toBeGreaterThanOrEqual(64);
});

test("a host that only gets slower with its load has no number of places", () => {
  const { estimate, longestInFlight } = play({ serves: 10_000, firstTokenMs: (served) => 20 * served, replyMs: 1_000 }, 500);
  expect(estimate.isSettled).toBe(false);
  expect(longestInFlight).toBeGreaterThan(16);
});

test("calls that meet by chance settle nothing", () => {
  const clock = { now: 0 };
  const estimate = parallelEstimate(() => clock.now);
  for (let round = 0; round < 20; round++) {
    const first = estimate.start();
    clock.now += 300;
    estimate.firstToken(first);
    clock.now += 100;
    const second = estimate.start();
    clock.now += 10;
    estimate.end(first);
    clock.now += 290;
    estimate.firstToken(second);
    clock.now += 300;
    estimate.end(second);
  }
  expect(estimate).toMatchObject({ limit: 4, isSettled: false });
});

test("a limit that was found is doubted after a minute, for the host may have been set up anew", () => {
  const clock = { now: 0 };
  const { estimate } = play({ serves: 1, firstTokenMs: 300, replyMs: 2_000 }, 10, clock);
  expect(estimate.limit).toBe(1);
  clock.now += 61_000;
  expect(estimate.isSettled).toBe(false);
  play({ serves: 8, firstTokenMs: 300, replyMs: 2_000 }, 60, clock, estimate);
  expect(estimate.limit).toBe(8);
});

test("calls that fail or are stopped before their first token leave no trace", () => {
  const estimate = parallelEstimate(() => 0);
  for (let call = 0; call < 10; call++) estimate.end(estimate.start());
  expect(estimate).toMatchObject({ limit: 4, isSettled: false });
});
