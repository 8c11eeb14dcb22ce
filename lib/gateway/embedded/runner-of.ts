import os from "node:os";
import { env } from "@/lib/core/env";
import { type ModelRunner, modelRunner } from "./model-runner";
import { maxContextTokens, runtime } from "./runtime";

/** The runner of a model file; one a file and process. */
export function runnerOf(file: string): ModelRunner {
  const { runners } = runtime();
  const known = runners.get(file);
  if (known) return known;
  const { HEARTH_MODEL_IDLE_MS, HEARTH_COLD_LOAD_TIMEOUT_MS } = env();
  const runner = modelRunner({
    file,
    threads: os.availableParallelism(),
    maxContextTokens,
    idleMs: HEARTH_MODEL_IDLE_MS,
    startTimeoutMs: HEARTH_COLD_LOAD_TIMEOUT_MS,
  });
  runners.set(file, runner);
  return runner;
}
