import type { Delta, Embedded, Generated, Job } from "./protocol";
import { startWorker, type Worker, type WorkerSettings } from "./start-worker";
import { turnQueue } from "./turn-queue";

/** How long a worker may take to confirm that it stopped, before it is ended. */
const stopWithinMs = 5_000;

export type RunnerSettings = WorkerSettings & { idleMs: number };

export type RunOptions = {
  signal?: AbortSignal;
  onDeltas?: (deltas: Delta[]) => void;
  /** Told how many calls are ahead, whenever that changes. */
  onPosition?: (ahead: number) => void;
  /** Told when the turn has come. */
  onTurn?: () => void;
};

export type ModelRunner = ReturnType<typeof modelRunner>;

/**
 * One model file and the process that runs it: started by the first job, ended after `idleMs` without one,
 * started anew after a crash. Jobs run one at a time in the order they came.
 */
export function modelRunner(settings: RunnerSettings) {
  const queue = turnQueue();
  let starting: Promise<Worker> | undefined;
  let worker: Worker | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let isClosing = false;
  let lastId = 0;

  const rest = () => {
    if (!queue.isIdle) return;
    clearTimeout(idleTimer);
    if (isClosing) worker?.kill();
    else idleTimer = setTimeout(() => worker?.kill(), settings.idleMs).unref();
  };
  const start = (): Promise<Worker> => {
    // A job may follow a crash before the process's end was dealt with elsewhere.
    if (worker && !worker.isRunning) starting = undefined;
    if (starting) return starting;
    worker = undefined;
    const mine = startWorker(settings).then(
      (started) => {
        worker = started;
        // Whoever it was started for may be gone by now.
        rest();
        return started;
      },
      (error) => {
        if (starting === mine) starting = undefined;
        throw error;
      },
    );
    starting = mine;
    return mine;
  };

  /** Performs a started job; the turn ends when the worker is free again, which may be after the caller was told of an abort. */
  const perform = async (job: Job, { signal, onDeltas }: RunOptions, endTurn: () => void): Promise<Generated | Embedded> => {
    const runningOn = await unlessAborted(start(), signal).catch((error) => {
      endTurn();
      throw error;
    });
    const id = ++lastId;
    let stopTimer: NodeJS.Timeout | undefined;
    const stop = () => {
      runningOn.abort(id);
      stopTimer = setTimeout(() => runningOn.kill(), stopWithinMs);
    };
    signal?.addEventListener("abort", stop, { once: true });
    const work = runningOn
      .perform(id, job, (deltas) => signal?.aborted || onDeltas?.(deltas))
      .finally(() => {
        signal?.removeEventListener("abort", stop);
        clearTimeout(stopTimer);
        endTurn();
      });
    return unlessAborted(work, signal);
  };

  return {
    get state(): "stopped" | "starting" | "ready" | "busy" {
      if (worker?.isRunning) return queue.isIdle ? "ready" : "busy";
      return starting && !worker ? "starting" : "stopped";
    },
    get waiting() {
      return queue.waiting;
    },
    /** The process's id while there is one. */
    get pid() {
      return worker?.isRunning ? worker.pid : undefined;
    },
    /** Starts the process ahead of its first job, and lets it rest when none comes. @throws ModelError */
    async warm(): Promise<void> {
      await start();
    },
    /** Runs one job in its turn. @throws ModelError; the signal's reason when it is aborted */
    async run(job: Job, options: RunOptions = {}): Promise<Generated | Embedded> {
      const leave = await queue.enter(options);
      options.onTurn?.();
      clearTimeout(idleTimer);
      return perform(job, options, () => {
        leave();
        rest();
      });
    },
    /** Ends the process as soon as the jobs it has are done. */
    close() {
      isClosing = true;
      clearTimeout(idleTimer);
      rest();
    },
    /** Ends the process now; a running job fails. Settles when it is gone. */
    async kill(): Promise<void> {
      isClosing = true;
      clearTimeout(idleTimer);
      const running = await starting?.catch(() => undefined);
      running?.kill();
      await running?.ended;
    },
  };
}

/** The promise, or the signal's reason as soon as it is aborted. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  // The loser of the race may reject later, when nobody waits for it any more.
  promise.catch(() => {});
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", onAbort));
}
