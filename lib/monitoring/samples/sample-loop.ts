import { monitorEventLoopDelay } from "node:perf_hooks";
import { database, db } from "@/db/database";
import { databaseBytes, deleteSamples, insertSample, rollUpSamples } from "@/db/queries/process-samples";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { keptMs } from "./kept-ms";

const everyMs = 10_000;
/** The database's size is read this seldom: Postgres looks at each of its files. */
const sizeEveryMs = 60_000;
const hourMs = 3_600_000;
const tidyEveryMs = hourMs;
/** How often the event loop is looked at, which its delays include. */
const resolutionMs = 20;

/** What the sampler cannot see by itself. */
export type Readings = { instanceId: string; liveRuns: () => number; waitingCalls: () => number };

type Loop = {
  timer?: NodeJS.Timeout;
  delays?: ReturnType<typeof monitorEventLoopDelay>;
  turn: Promise<void>;
  sizedAt: number;
  tidiedAt: number;
  /** The hour up to which samples were added up. */
  addedUpTo: number;
};
/** Tidying begins some minutes after the start, which has enough to do. */
const firstTidyMs = 300_000;
const loop = () =>
  processGlobal<Loop>("sample-loop", () => ({
    turn: Promise.resolve(),
    sizedAt: Date.now(),
    addedUpTo: 0,
    tidiedAt: Date.now() - tidyEveryMs + firstTidyMs,
  }));

/** Stores how this process is, every ten seconds until `stopSampleLoop`, adds each hour up, and removes what is older than it is kept. */
export function startSampleLoop(readings: Readings): void {
  const state = loop();
  if (state.timer) return;
  state.delays = monitorEventLoopDelay({ resolution: resolutionMs });
  state.delays.enable();
  let [cpu, since] = [process.cpuUsage(), performance.now()];
  state.timer = setInterval(() => {
    const [used, now] = [process.cpuUsage(cpu), performance.now()];
    const cpuShare = (used.user + used.system) / 1_000 / (now - since);
    [cpu, since] = [process.cpuUsage(), now];
    state.turn = takeSample(readings, cpuShare);
  }, everyMs).unref();
}

/** Ends it, and waits for the sample that is being stored. */
export async function stopSampleLoop(): Promise<void> {
  const state = loop();
  clearInterval(state.timer);
  state.timer = undefined;
  state.delays?.disable();
  await state.turn;
}

async function takeSample({ instanceId, liveRuns, waitingCalls }: Readings, cpuShare: number): Promise<void> {
  const state = loop();
  const { rss, heapUsed } = process.memoryUsage();
  const lag = (percentile: number) => Math.max(0, (state.delays?.percentile(percentile) ?? 0) / 1e6 - resolutionMs);
  const sample = { at: new Date(), instanceId, residentBytes: rss, heapBytes: heapUsed, lagP50Ms: lag(50), lagP99Ms: lag(99), cpuShare };
  state.delays?.reset();
  try {
    const isDue = Date.now() - state.sizedAt >= sizeEveryMs;
    if (isDue) state.sizedAt = Date.now();
    const size = isDue ? await databaseBytes(database().query) : null;
    await insertSample(db(), { ...sample, liveRuns: liveRuns(), waitingCalls: waitingCalls(), databaseBytes: size });
    await addUpHours(state);
    if (Date.now() - state.tidiedAt < tidyEveryMs) return;
    state.tidiedAt = Date.now();
    await deleteSamples(db(), { samples: new Date(Date.now() - keptMs.samples), hours: new Date(Date.now() - keptMs.hours) });
  } catch (error) {
    log().warn({ err: error }, "how the process is could not be stored");
  }
}

async function addUpHours(state: Loop): Promise<void> {
  const now = Date.now();
  const hour = Math.floor(now / hourMs);
  if (state.addedUpTo === hour) return;
  await rollUpSamples(db(), new Date(now));
  state.addedUpTo = hour;
}
