import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = path.resolve(import.meta.dirname, "../..");

export type HearthOptions = {
  env?: Record<string, string>;
  /** What is started: this Node unless told. Another program gets a process group of its own, as in a terminal. */
  program?: string;
  /** Arguments of the Node process that serves: those of `npm start` unless told. */
  command?: readonly string[];
  /** A folder to go on with; a fresh one otherwise. */
  dataDir?: string;
  port?: number;
};

export type Hearth = {
  url: string;
  dataDir: string;
  pid: number;
  /** Everything the process has written so far. */
  output(): string;
  /** Sends a signal and waits for the end. @returns the exit code, null after SIGKILL */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>;
  /** Ends the process and removes its data folder. */
  close(): Promise<void>;
};

/** Only what a process needs, so that keys in the tester's environment do not reach the tests. */
const inherited = () => Object.fromEntries(["PATH", "HOME", "TMPDIR", "LANG"].map((name) => [name, process.env[name] ?? ""]));

const npmStart = [
  "--liftoff-only",
  "--always-sparkplug",
  "--no-allocation-site-pretenuring",

  "--disable-warning=ExperimentalWarning",
  "bin/start.ts",
];

/** Plain `next start`, as a platform without our server runs it. It takes its port from PORT. */
export const nextStart = ["node_modules/next/dist/bin/next", "start"];

/** Starts a built Hearth of its own: free port, fresh data folder, no models but those `env` names. @throws Error with its output when it does not serve in time */
export async function startHearth(options: HearthOptions = {}): Promise<Hearth> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "hearth-app-"));
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  let running = await launch(options, { dataDir, port });
  await untilHealthy(running, url);
  return {
    url,
    dataDir,
    get pid() {
      return running.child.pid ?? 0;
    },
    output: () => running.output,
    kill: (signal = "SIGTERM") => running.end(signal),
    async restart() {
      running = await launch(options, { dataDir, port });
      await untilHealthy(running, url);
    },
    async close() {
      await running.end("SIGKILL");
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Running = {
  child: ChildProcess;
  output: string;
  /** What it wrote to standard error. */
  errors: string;
  /** Undefined while it runs. */
  exitCode: number | null | undefined;
  ended: Promise<number | null>;
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/** Starts the process and does not wait for it to serve. */
export async function launch(options: HearthOptions, { dataDir, port }: { dataDir: string; port: number }): Promise<Running> {
  const args = [...(options.command ?? npmStart)];
  const env = {
    HEARTH_LOCAL_MODEL: "off",
    HEARTH_CHAT_PER_MINUTE: "10000",
    LOG_LEVEL: "warn",
    ...options.env,
    HEARTH_DATA_DIR: dataDir,
    PORT: String(port),
  };
  const child = spawn(options.program ?? process.execPath, args, {
    cwd: root,
    env: { ...inherited(), ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: options.program !== undefined,
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const running: Running = { child, output: "", errors: "", exitCode: undefined, ended, end };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (running.output += text));
  child.stderr.on("data", (text) => (running.errors += text));
  void ended.then((code) => (running.exitCode = code));
  return running;
}

async function untilHealthy(running: Running, url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && running.exitCode === undefined) {
    const ok = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(20);
  }
  await running.end("SIGKILL");
  throw new Error(`Hearth did not start:\n${running.output}`);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
