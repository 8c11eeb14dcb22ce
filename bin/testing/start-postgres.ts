import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";

/** Postgres refuses to run as root; Debian's postgres user is there when the package is, www-data always. */
const users = ["postgres", "www-data", "nobody"];

/**
 * Starts a throw-away Postgres server on a free port of this machine, without fsync, which tests do not need.
 * @returns its address and `stop`
 * @throws Error when it does not answer within 30 seconds
 */
export async function startPostgres(bin: string, workDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = path.join(workDir, "postgres");
  mkdirSync(dataDir);
  const asUser = process.getuid?.() === 0 ? runAs(findUser()) : [];
  if (asUser.length > 0) {
    chmodSync(workDir, 0o755);
    execFileSync("chown", [findUser(), dataDir]);
  }
  const run = (program: string, args: string[]): [string, string[]] => {
    const [command = "", ...rest] = [...asUser, path.join(bin, program), ...args];
    return [command, rest];
  };
  execFileSync(...run("initdb", ["-D", dataDir, "-U", "hearth", "-A", "trust", "-E", "UTF8", "--no-sync"]), { stdio: "ignore" });
  const port = await freePort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200"];
  const server = spawn(...run("postgres", ["-D", dataDir, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])]), {
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const url = `postgres://hearth@127.0.0.1:${port}/postgres`;
  await untilItAnswers(url);
  const stop = async () => {
    server.kill("SIGINT");
    await ended;
  };
  return { url, stop };
}

const runAs = (user: string) => ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups"];

function findUser(): string {
  const known = execFileSync("getent", ["passwd"], { encoding: "utf8" });
  const user = users.find((name) => known.includes(`${name}:`));
  if (!user) throw new Error("Postgres cannot run as root, and there is no other user to run it as.");
  return user;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
    const ok = await client`select 1`.then(
      () => true,
      () => false,
    );
    await client.end({ timeout: 1 });
    if (ok) return;
    await sleep(200);
  }
  throw new Error("The test Postgres did not answer within 30 seconds.");
}
