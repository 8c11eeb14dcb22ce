import path from "node:path";
import { chatModelName, fetchedModels, findModelFile } from "../../tests/support/model-files.ts";
import { runStep } from "../run-step.ts";

/** Enough for 98 MB on a slow line, and for finding out that the first source does not answer. */
const timeoutMs = 240_000;

/**
 * Sees to it that the default model is there for tests and benchmarks of the real thing, downloading it where that is possible.
 * @returns null when it is, else why it is not
 */
export async function provideModel(): Promise<string | null> {
  if (findModelFile(chatModelName)) return null;
  console.log(`Fetching ${chatModelName} (98 MB) for the tests with a real model …`);
  const bin = path.dirname(import.meta.dirname);
  const program = path.join(bin, "testing", "fetch-model.ts");
  const options = ["--disable-warning=ExperimentalWarning", "--import", path.join(bin, "resolve-alias.ts")];
  const { ok, output } = await runStep(process.execPath, [...options, program, fetchedModels], { timeoutMs });
  console.log(output.trim());
  if (ok) return null;
  return output.trim().split("\n").at(-1) || `it was not there after ${timeoutMs / 1000} s`;
}
