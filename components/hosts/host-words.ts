import type { UpstreamView } from "@/lib/gateway/hosts/contract";

/** A moment to come, for people: "for 12 more seconds". Needs no time zone, so that server and browser agree. */
export function timeLeft(until: Date, now: Date): string {
  const seconds = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000));
  if (seconds < 90) return counted(seconds, "more second");
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? counted(minutes, "more minute") : counted(Math.round(minutes / 60), "more hour");
}

const sources = { saved: "Saved", "found out": "Found out", default: "Default" };

/** How many calls a host gets at once, and where that comes from. An Ollama's number is found out with its first calls. */
export function parallelText({ kind, maxParallel, maxParallelSource }: Pick<UpstreamView, "kind" | "maxParallel" | "maxParallelSource">) {
  if (maxParallel !== null) return `${counted(maxParallel, "call")} at once to a model · ${sources[maxParallelSource]}`;
  const what = kind === "ollama" ? "As many calls at once to a model as it can take" : "Any number of calls at once to a model";
  return `${what} · ${sources[maxParallelSource]}`;
}

/** What a model has to do at a host: "2 of 4 places taken, 3 wait". */
export function laneText({ running, waiting, limit }: UpstreamView["lanes"][number]): string {
  const taken = limit === null ? counted(running, "call") : `${running} of ${counted(limit, "place")} taken`;
  return waiting === 0 ? taken : `${taken}, ${waiting} ${waiting === 1 ? "waits" : "wait"}`;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
