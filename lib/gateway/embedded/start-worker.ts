import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { env } from "@/lib/core/env";
import { ModelError } from "@/lib/core/errors";
import type { Delta, Embedded, FromWorker, Generated, Job, LoadSettings, ToWorker } from "./protocol";

export type WorkerSettings = LoadSettings & {
  /** The program to run; Hearth's own worker unless told. */
  script?: string;
  startTimeoutMs: number;
};

type Pending = { resolve: (result: Generated | Embedded) => void; reject: (error: Error) => void; onDeltas?: (deltas: Delta[]) => void };

/** A running model process. */
export type Worker = {
  pid: number;
  /** Does one job. @throws ModelError `crashed` when the process ends before the job does */
  perform(id: number, job: Job, onDeltas?: (deltas: Delta[]) => void): Promise<Generated | Embedded>;
  /** Asks the process to end a job; its `perform` then rejects. */
  abort(id: number): void;
  kill(): void;
  /** False from the moment its end is known. */
  readonly isRunning: boolean;
  /** Settles when the process has ended. */
  ended: Promise<void>;
};

/** The worker is a file that Node runs as it is. The comment keeps the bundler from following the path. */
const ownScript = () => path.join(/* turbopackIgnore: true */ process.cwd(), "lib/gateway/embedded/worker.ts");

/**
 * Starts a process and loads the model in it.
 * @throws ModelError `timed_out` when it is not ready in time, `no_model` when it cannot run here, `crashed` when it ends
 */
export async function startWorker(settings: WorkerSettings): Promise<Worker> {
  const { script = ownScript(), startTimeoutMs, ...load } = settings;
  // An empty environment: native code that parses downloaded files gets no secrets.
  const child = fork(script, [], {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { NODE_ENV: env().NODE_ENV },
  });
  const pending = new Map<number, Pending>();
  const ended = whenEnded(child, pending);
  child.on("message", (message: FromWorker) => settle(pending, message));
  const tell = (message: ToWorker) => {
    if (child.connected) child.send(message, () => {});
  };
  tell({ type: "load", settings: load });
  await whenReady(child, startTimeoutMs, ended);
  return {
    pid: child.pid ?? 0,
    get isRunning() {
      return !child.killed && child.exitCode === null && child.signalCode === null;
    },
    ended: ended.then(() => {}),
    kill: () => child.kill("SIGKILL"),
    abort: (id) => tell({ type: "abort", id }),
    perform: (id, job, onDeltas) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return reject(crash("it had ended already"));
        pending.set(id, { resolve, reject, onDeltas });
        tell({ type: "job", id, job });
      }),
  };
}

function whenEnded(child: ChildProcess, pending: Map<number, Pending>): Promise<string> {
  return new Promise((resolve) => {
    const onEnd = (how: string) => {
      for (const { reject } of pending.values()) reject(crash(how));
      pending.clear();
      resolve(how);
    };
    child.once("error", (error) => onEnd(error.message));
    child.once("exit", (code, signal) => onEnd(signal ? `signal ${signal}` : `exit code ${code}`));
  });
}

async function whenReady(child: ChildProcess, timeoutMs: number, ended: Promise<string>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new ModelError(
              "timed_out",
              `The embedded model was not ready after ${Math.round(timeoutMs / 1000)} s. Choose a smaller model, or let it take longer under Settings, Limits.`,
            ),
          ),
        timeoutMs,
      );
      void ended.then((how) => reject(crash(how)));
      child.on("message", (message: FromWorker) => {
        if (message.type === "ready") resolve();
        if (message.type === "not-started") reject(new ModelError("no_model", message.message));
      });
    });
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The worker was asked and is well, as a host is that answers with this status. */
const answered = { hostStatus: 400 };

function settle(pending: Map<number, Pending>, message: FromWorker): void {
  if (message.type === "ready" || message.type === "not-started") return;
  const job = pending.get(message.id);
  if (message.type === "deltas") return job?.onDeltas?.(message.deltas);
  pending.delete(message.id);
  if (message.type !== "failed") return job?.resolve(message.result);
  if (message.why === "context_too_long")
    return job?.reject(
      new ModelError("context_too_long", `${message.message} Start a new chat, shorten the message, or use a model with a longer context.`),
    );
  // The caller's schema is at fault, not the model: no breaker counts it.
  if (message.why === "bad_schema")
    return job?.reject(new ModelError("bad_request", `${message.message} Make the schema simpler, or use another model.`, answered));
  job?.reject(new ModelError("bad_reply", `The embedded model could not do this: ${message.message}`));
}

function crash(how: string): ModelError {
  return new ModelError(
    "crashed",
    `The process of the embedded model ended (${how}). It starts again by itself with the next message; if this happens again, choose a smaller model.`,
  );
}
