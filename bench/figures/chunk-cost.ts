import { readFileSync } from "node:fs";
import { type Figure, round } from "../figure.ts";
import { callsBy, type Gateways, type Way } from "../support/gateways.ts";

const words = 5_000;
const streams = 4;
const model = `words-${words}-every-1`;
/** Linux counts a process's time in hundredths of a second. */
const tickUs = 10_000;

/** Processor time that a gateway takes for each chunk of a stream. */
export async function chunkCost({ hearth, others }: Gateways): Promise<Figure[]> {
  const rows: (string | number)[][] = [];
  let hearthUs = Number.NaN;
  for (const way of [hearth, ...others.filter(({ streams: can }) => can)]) {
    const us = await costOf(way);
    rows.push([way.name, round(us, 1)]);
    if (way === hearth) hearthUs = us;
  }
  return [
    {
      title: "Cost of a streamed chunk",
      method: `Processor time of the gateway's process while ${streams} replies of ${words} words stream through it, a word a chunk and a chunk a millisecond, divided by the host's chunks; after one such reply to warm up.`,
      columns: ["", "µs a chunk"],
      rows,
      aim: "at most 20 µs",
      isMet: hearthUs <= 20,
    },
  ];
}

async function costOf(way: Way): Promise<number> {
  await callsBy(way, { count: 1, clients: 1, model, stream: true });
  const before = cpuTicks(way.pid ?? 0);
  await callsBy(way, { count: streams, clients: streams, model, stream: true });
  return ((cpuTicks(way.pid ?? 0) - before) * tickUs) / (streams * words);
}

/** User and system time of a process, in ticks: fields 14 and 15 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html. */
function cpuTicks(pid: number): number {
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ").slice(11, 13).map(Number) ?? [];
  return user + system;
}
