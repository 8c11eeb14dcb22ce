import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startHearth } from "../../tests/support/hearth.ts";
import { type Figure, median, round } from "../figure.ts";
import { residentMb } from "../support/processes.ts";

const bareServer = path.join(import.meta.dirname, "../support/bare-server.ts");
const runs = 5;

/** Start to /healthz with an existing database, and what the process then holds in memory, each beside a bare Node server. */
export async function startUpAndMemory(): Promise<Figure[]> {
  const hearth = await startHearth();
  const startsMs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await hearth.kill();
    const startedAt = performance.now();
    await hearth.restart();
    startsMs.push(performance.now() - startedAt);
  }
  await sleep(10_000);
  const hearthMb = residentMb(hearth.pid);
  await hearth.close();
  const bare = await measureBare();
  const folder = mkdtempSync(path.join(tmpdir(), "hearth-bench-"));
  await measureBare(folder);
  const withDatabase = await measureBare(folder);
  rmSync(folder, { recursive: true, force: true });
  const startMs = median(startsMs);
  return [
    {
      title: "Start to /healthz with an existing database",
      method: `Median of ${runs} starts of the built app, from the process's start until GET /healthz answers 200, polled every 20 ms.`,
      columns: ["", "ms", "times the bare server"],
      rows: [
        ["Node server that does nothing", round(bare.startedInMs), 1],
        ["the same with PGlite opened", round(withDatabase.startedInMs), round(withDatabase.startedInMs / bare.startedInMs, 1)],
        ["Hearth", round(startMs), round(startMs / bare.startedInMs, 1)],
      ],
      aim: "at most 1,500 ms",
      isMet: startMs <= 1_500,
    },
    {
      title: "Idle memory without a model",
      method: "Resident memory (VmRSS) ten seconds after the start, with the embedded database open and no model host.",
      columns: ["", "MB", "times the bare server"],
      rows: [
        ["Node server that does nothing", round(bare.rssMb), 1],
        ["the same with PGlite opened", round(withDatabase.rssMb), round(withDatabase.rssMb / bare.rssMb, 1)],
        ["Hearth", round(hearthMb), round(hearthMb / bare.rssMb, 1)],
      ],
      aim: "at most 300 MB",
      isMet: hearthMb <= 300,
    },
  ];
}

async function measureBare(folder?: string): Promise<{ startedInMs: number; rssMb: number }> {
  const startedAt = performance.now();
  const child = fork(bareServer, folder ? [folder] : [], { execArgv: ["--liftoff-only"] });
  await new Promise((resolve) => child.once("message", resolve));
  const startedInMs = performance.now() - startedAt;
  await sleep(2_000);
  child.send("memory");
  const { rssMb } = await new Promise<{ rssMb: number }>((resolve) =>
    child.once("message", (value) => resolve(value as { rssMb: number })),
  );
  return { startedInMs, rssMb };
}
