import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Load, LoadResult } from "./load-client.ts";

const file = (name: string) => path.join(import.meta.dirname, name);

/** The next message of a child process. @throws Error when it ends before */
export const message = <T>(child: ChildProcess) =>
  new Promise<T>((resolve, reject) => {
    child.once("message", (value) => resolve(value as T));
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code} before it answered`)));
  });

/** Starts the model host. */
export async function startModelHost(): Promise<{ url: string; stop(): void }> {
  const child = fork(file("model-host.ts"));
  const { url } = await message<{ url: string }>(child);
  return { url, stop: () => child.kill() };
}

/** Reads the replies to `bodies`, all at once, from a process of its own. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const child = fork(file("load-client.ts"));
  child.send(load);
  return message<LoadResult>(child);
}

/** Runs a script of this folder with arguments; its one message is the result. */
export async function runScript<T>(name: string, args: string[]): Promise<T> {
  return message<T>(fork(file(name), args));
}

/** Linux counts a process's time in hundredths of a second. */
const tickMs = 10;

/** User and system time of a process, in milliseconds: fields 14 and 15 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html. */
export function cpuMs(pid: number): number {
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ").slice(11, 13).map(Number) ?? [];
  return (user + system) * tickMs;
}

/** Memory of a process that is in RAM, in MB. */
export function residentMb(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)?.[1] ?? Number.NaN) / 1024;
}
