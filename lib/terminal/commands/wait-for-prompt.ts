import { setTimeout as sleep } from "node:timers/promises";
import type { Shell } from "../shell";

const lookAgainMs = 20;

/** Waits until a shell waits for a command. @returns whether it does */
export async function waitForPrompt(shell: Shell, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (!shell.commands?.isIdle()) {
    if (shell.ended || Date.now() > until) return false;
    await sleep(lookAgainMs);
  }
  return true;
}
