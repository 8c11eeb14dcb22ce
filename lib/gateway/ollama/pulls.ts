import { processGlobal } from "@/lib/core/process-global";
import type { Pull } from "./contract";

/** A download under way, or that ended. */
export type PullEntry = {
  view: Pull;
  abort: AbortController;
  /** Settles with the host's first word. @throws what the download failed with before it */
  begun: Promise<void>;
  ended: Promise<void>;
  /** What it failed with. */
  failure?: unknown;
  /** Called with every change. */
  watchers: Set<() => void>;
};

const keptEnded = 10;

/** The downloads of this process, the newest last: pages show them whoever began them. */
export const pulls = () => processGlobal<Map<string, PullEntry>>("gateway-pulls", () => new Map());

export const runningPulls = (): PullEntry[] => [...pulls().values()].filter(({ view }) => view.state === "running");

/** Downloads that run, and the last ten that ended. */
export function listPulls(): Pull[] {
  return [...pulls().values()].map(({ view }) => view).toReversed();
}

/** Lets go of those that ended long ago. */
export function forgetOldPulls(): void {
  const ended = [...pulls().values()].filter(({ view }) => view.state !== "running");
  for (const { view } of ended.slice(0, -keptEnded)) pulls().delete(view.id);
}

/** Ends every download, as when the process stops. What the hosts have already is used the next time. */
export async function stopPulls(): Promise<void> {
  const running = runningPulls();
  for (const { abort } of running) abort.abort();
  await Promise.all(running.map(({ ended }) => ended));
}
