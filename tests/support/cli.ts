import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eventually } from "./api-client";

const executable = path.resolve(import.meta.dirname, "../../bin/hearth.js");

type Kept = { lastServer: string; signIns: Record<string, { kind: string; accessToken: string; refreshToken: string; expiresAt: number }> };

export type CliOptions = {
  /** What is piped in; the input is at its end at once unless told. */
  input?: string;
  env?: Record<string, string>;
  /** The Node that runs it: this one unless told. */
  node?: string;
};

/** The command line of one person: a home of its own, and the real program as a child process. */
export function cliAtHome() {
  const home = mkdtempSync(path.join(tmpdir(), "hearth-cli-"));
  const file = path.join(home, "config", "hearth", "sign-ins.json");

  const environment = (env: Record<string, string> = {}) => ({
    NODE_ENV: "production" as const,
    PATH: process.env.PATH,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, "config"),
    XDG_STATE_HOME: path.join(home, "state"),
    TERM: "xterm-256color",
    ...env,
  });

  /** Starts it. `ended` gives exit code and output. */
  const start = (args: string[], { input = "", env, node = process.execPath }: CliOptions = {}) => {
    const child = spawn(node, [executable, ...args], { cwd: home, env: environment(env) });
    const written = { out: "", err: "" };
    child.stdout.on("data", (text) => (written.out += text));
    child.stderr.on("data", (text) => (written.err += text));
    // One that ended without reading is told apart by its exit code.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
      child.once("close", (code) => resolve({ code, ...written })),
    );
    return { child, written, ended };
  };

  /** Starts it on a terminal of its own, as `script` of util-linux makes one. Ctrl-C is typed as "\u0003". */
  const startOnTerminal = (args: string[], { env, node = process.execPath }: CliOptions = {}) => {
    // Without `exec` a shell stands between, which ends with 130 after a Ctrl-C whatever its program did with it.
    const command = `exec ${[node, executable, ...args].map((word) => `'${word}'`).join(" ")}`;
    const child = spawn("script", ["-qefc", command, "/dev/null"], { cwd: home, env: environment(env) });
    let screen = "";
    child.stdout.on("data", (text) => (screen += text));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    /** Settles when what came since the last wait has `text` in it. */
    let seen = 0;
    const shows = (text: string) =>
      eventually(async () => {
        const at = screen.indexOf(text, seen);
        if (at >= 0) seen = at + text.length;
        return at >= 0;
      }, 15_000).catch(() => {
        throw new Error(`The terminal does not show ${JSON.stringify(text)}: ${JSON.stringify(screen)}`);
      });
    return { type: (text: string) => child.stdin.write(text), shows, ended, screen: () => screen };
  };

  return {
    home,
    start,
    startOnTerminal,
    run: (args: string[], options?: CliOptions) => start(args, options).ended,
    /** The file with the tokens. */
    signIns: {
      read: () => JSON.parse(readFileSync(file, "utf8")) as Kept,
      write: (kept: Kept) => writeFileSync(file, JSON.stringify(kept)),
      mode: () => statSync(file).mode & 0o777,
      folder: () => ({ mode: statSync(path.dirname(file)).mode & 0o777, files: readdirSync(path.dirname(file)) }),
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

export type CliAtHome = ReturnType<typeof cliAtHome>;
