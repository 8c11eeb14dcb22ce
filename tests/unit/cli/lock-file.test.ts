import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../../../cli/sign-in/lock-file";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "hearth-lock-"));
  file = path.join(folder, "x.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("one works at a time, and the lock is gone after work that fails too", async () => {
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(10);
    running -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(file, work)));
  expect(most).toBe(1);
  await expect(withLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("the lock of a process that died a minute ago is taken over, a fresh one is waited for", async () => {
  writeFileSync(file, "1");
  const minuteAgo = new Date(Date.now() - 60_000);
  utimesSync(file, minuteAgo, minuteAgo);
  expect(await withLock(file, async () => "taken over")).toBe("taken over");
  writeFileSync(file, "1");
  let isDone = false;
  const waiting = withLock(file, async () => {
    isDone = true;
  });
  await sleep(100);
  expect(isDone).toBe(false);
  rmSync(file);
  await waiting;
  expect(isDone).toBe(true);
});
