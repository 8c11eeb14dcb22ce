import { spawn } from "node:child_process";

export type StepResult = { ok: boolean; output: string; seconds: number };

/** Runs a program to its end, or `timeoutMs`, and collects what it wrote. */
export async function runStep(
  command: string,
  args: string[],
  options: { cwd?: string; timeoutMs?: number; live?: boolean } = {},
): Promise<StepResult> {
  const { cwd, timeoutMs = 300_000, live = false } = options;
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd,
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    stdio: ["ignore", live ? "inherit" : "pipe", live ? "inherit" : "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (output += text));
  const ok = await new Promise<boolean>((resolve) => {
    child.once("error", (error) => {
      output += error.message;
      resolve(false);
    });
    child.once("close", (code) => resolve(code === 0));
  });
  return { ok, output, seconds: (performance.now() - startedAt) / 1000 };
}
