/**
 * The process that runs the embedded model. Node runs this file as it is (type stripping), outside the
 * bundle, so imports are relative and end in `.ts`.
 */
import type { FromWorker, Job, ToWorker } from "./protocol.ts";
import { embed } from "./worker/embed.ts";
import { generate } from "./worker/generate.ts";
import { JobError } from "./worker/job-error.ts";
import { type LoadedModel, loadModel, NotStartedError } from "./worker/load-model.ts";

const running = new Map<number, AbortController>();
let model: LoadedModel | undefined;

const send = (message: FromWorker) => {
  // The channel is closed when Hearth is gone; the disconnect handler ends the process.
  if (process.connected) process.send?.(message);
};

// Ctrl-C and a service manager's stop reach the whole process group. Hearth decides when the model
// ends, so that it can finish the reply first; without Hearth the closed channel ends it.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("message", (message: ToWorker) => {
  if (message.type === "load") void load(message.settings);
  else if (message.type === "job") void runJob(message.id, message.job);
  else running.get(message.id)?.abort();
});

async function load(settings: Parameters<typeof loadModel>[0]) {
  try {
    model = await loadModel(settings);
    send({ type: "ready" });
  } catch (error) {
    const why = error instanceof NotStartedError ? error.why : "file";
    send({ type: "not-started", why, message: messageOf(error) });
  }
}

async function runJob(id: number, job: Job) {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    if (!model) throw new JobError("failed", "The model is not loaded yet.");
    if (job.kind === "embed") {
      send({ type: "embedded", id, result: await embed(model, job.request, controller.signal) });
      return;
    }
    const onDeltas = (deltas: (FromWorker & { type: "deltas" })["deltas"]) => send({ type: "deltas", id, deltas });
    send({ type: "generated", id, result: await generate(model, job.request, { signal: controller.signal, onDeltas }) });
  } catch (error) {
    const why = error instanceof JobError ? error.why : "failed";
    send({ type: "failed", id, why: controller.signal.aborted ? "aborted" : why, message: messageOf(error) });
  } finally {
    running.delete(id);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
