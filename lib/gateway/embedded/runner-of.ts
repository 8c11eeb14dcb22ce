import os from "node:os";
import { gatewaySettings } from "../gateway-settings";
import { type ModelRunner, modelRunner } from "./model-runner";
import { maxContextTokens, runtime } from "./runtime";

/** The runner of a model file; one a file and process. */
export function runnerOf(file: string): ModelRunner {
  const { runners } = runtime();
  const known = runners.get(file);
  if (known) return known;
  const runner = modelRunner({
    file,
    threads: os.availableParallelism(),
    maxContextTokens,
    // Read when they are needed, so that a change holds for a runner that is there.
    get idleMs() {
      return gatewaySettings().modelIdleMs;
    },
    get startTimeoutMs() {
      return gatewaySettings().coldLoadTimeoutMs;
    },
  });
  runners.set(file, runner);
  return runner;
}
