import { fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type ModelRunner, modelRunner, type RunnerSettings } from "@/lib/gateway/embedded/model-runner";
import type { Generated, Job } from "@/lib/gateway/embedded/protocol";
import { chatModelFile } from "@/tests/support/models";

// A processor that others use too can be many times slower at this.
vi.setConfig({ testTimeout: 120_000 });

const fixture = (name: string) => path.resolve(import.meta.dirname, "../../../fixtures/embedded", name);
const settings = { file: chatModelFile ?? "", threads: 2, maxContextTokens: 1024, startTimeoutMs: 60_000, idleMs: 60_000 };

let runners: ModelRunner[] = [];
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.kill()));
  runners = [];
});

function runnerWith(given: Partial<RunnerSettings> = {}): ModelRunner {
  const runner = modelRunner({ ...settings, ...given });
  runners.push(runner);
  return runner;
}

const write = (text: string, maxTokens: number): Job => ({
  kind: "generate",
  request: { turns: [{ role: "user", text }], maxTokens, sampling: { temperature: 0, seed: 1 }, stop: [], thinking: true },
});

/** A process that was ended may stay in the table as a zombie until its parent is gone. */
function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  return existsSync(status) && !/State:\s+Z/.test(readFileSync(status, "utf8"));
}

describe.skipIf(!chatModelFile)("the process of the embedded model", () => {
  test("is started by the first job and not before", async () => {
    const runner = runnerWith();
    expect(runner.state).toBe("stopped");
    const running = runner.run(write("Hello", 5));
    await expect.poll(() => runner.state).toBe("starting");
    await running;
    expect(runner.state).toBe("ready");
  });

  test("when it crashes in mid-reply that reply fails as crashed, and the ones that wait are answered by a new process", async () => {
    const runner = runnerWith();
    let killed: number | undefined;
    const crashed = runner.run(write("Tell me a very long story.", 500), {
      onDeltas: () => {
        if (killed || !runner.pid) return;
        killed = runner.pid;
        process.kill(killed, "SIGKILL");
      },
    });
    const waiting = runner.run(write("Hello", 5));
    await expect(crashed).rejects.toMatchObject({
      reason: "crashed",
      code: "model_unavailable",
      message: expect.stringContaining("SIGKILL"),
    });
    expect(((await waiting) as Generated).outputTokens).toBeGreaterThan(0);
    expect(runner.pid).not.toBe(killed);
  });

  test("it ends after the idle time, not before its work is done, and the next job starts it again", async () => {
    const runner = runnerWith({ idleMs: 300 });
    await runner.run(write("Hello", 40));
    const pid = runner.pid ?? 0;
    expect(isRunning(pid)).toBe(true);
    await expect.poll(() => isRunning(pid), { timeout: 3_000 }).toBe(false);
    expect(runner.state).toBe("stopped");
    await runner.run(write("Hello", 2));
    expect(runner.pid).not.toBe(pid);
  });

  test("closing lets the running reply finish and then ends the process", async () => {
    const runner = runnerWith();
    let pid = 0;
    const reply = runner.run(write("Tell me a story.", 40), {
      onDeltas: () => {
        pid ||= runner.pid ?? 0;
        runner.close();
      },
    });
    expect(((await reply) as Generated).outputTokens).toBe(40);
    await expect.poll(() => isRunning(pid), { timeout: 2_000 }).toBe(false);
  });

  test("it does not outlive a Hearth that was killed", async () => {
    const parent = fork(fixture("parent.mjs"), [path.resolve("lib/gateway/embedded/worker.ts"), chatModelFile ?? ""], { execArgv: [] });
    const pid = await new Promise<number>((resolve) => parent.once("message", (message) => resolve(Number(message))));
    expect(isRunning(pid)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => isRunning(pid), { timeout: 3_000 }).toBe(false);
  });

  test("Ctrl-C in the terminal, which reaches it too, does not break the reply off", async () => {
    const runner = runnerWith();
    let interrupted = false;
    const reply = await runner.run(write("Tell me a story.", 40), {
      onDeltas: () => {
        if (interrupted || !runner.pid) return;
        interrupted = true;
        process.kill(runner.pid, "SIGINT");
        process.kill(runner.pid, "SIGTERM");
      },
    });
    expect((reply as Generated).outputTokens).toBe(40);
  });
});

test("a process that never becomes ready is ended and reported as timed out", async () => {
  const runner = runnerWith({ script: fixture("never-ready.mjs"), startTimeoutMs: 400 });
  await expect(runner.run(write("Hello", 5))).rejects.toMatchObject({ reason: "timed_out", code: "model_timeout" });
  expect(runner.state).toBe("stopped");
});

test.each([
  ["closing", { idleMs: 60_000 }, (runner: ModelRunner) => runner.close()],
  ["the idle time", { idleMs: 50 }, () => {}],
])("a process that was still starting when its only job was given up is ended by %s all the same", async (_, given, act) => {
  const pidFile = path.join(await mkdtemp(path.join(tmpdir(), "hearth-runner-")), "pid");
  const runner = runnerWith({ script: fixture("slow-start.mjs"), file: pidFile, ...given });
  const stop = new AbortController();
  const job = runner.run(write("Hello", 5), { signal: stop.signal });
  await expect.poll(() => existsSync(pidFile)).toBe(true);
  stop.abort(new Error("stopped"));
  await expect(job).rejects.toThrow("stopped");
  expect(runner.state).toBe("starting");
  act(runner);
  const pid = Number(readFileSync(pidFile, "utf8"));
  await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false);
  expect(runner.state).toBe("stopped");
});

test("a process that does not stop when asked is ended, and the next caller gets its turn", async () => {
  const runner = runnerWith({ script: fixture("ignores-stop.mjs") });
  const stop = new AbortController();
  const stuck = runner.run(write("Hello", 5), { signal: stop.signal });
  await expect.poll(() => runner.state).toBe("busy");
  const firstPid = runner.pid;
  const next = runner.run(write("Hello", 5));
  next.catch(() => {});
  stop.abort(new Error("stopped"));
  await expect(stuck).rejects.toThrow("stopped");
  await expect.poll(() => runner.pid !== undefined && runner.pid !== firstPid, { timeout: 10_000 }).toBe(true);
});

test("a file that is no model is reported as such, not as a crash", async () => {
  const runner = runnerWith({ file: fixture("never-ready.mjs") });
  await expect(runner.run(write("Hello", 5))).rejects.toMatchObject({
    reason: "no_model",
    message: expect.stringContaining("could not be loaded"),
  });
}, 60_000);
