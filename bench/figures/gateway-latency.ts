import { type Figure, median, round } from "../figure.ts";
import { callsBy, type Gateways, type Way } from "../support/gateways.ts";

const model = "words-1-every-0";
/** Blocks of calls, by turns, so that what slows the machine for a while slows all alike. */
const blocks = 5;
const shapes = [
  { clients: 1, stream: false, perBlock: 100 },
  { clients: 1, stream: true, perBlock: 100 },
  { clients: 16, stream: false, perBlock: 400 },
  { clients: 16, stream: true, perBlock: 400 },
];

/** What `/v1` adds to a call at the host: alone and among sixteen, whole and as a stream. */
export async function gatewayLatency({ direct, floor, hearth, others }: Gateways): Promise<Figure[]> {
  const rows: (string | number)[][] = [];
  let isMet = true;
  for (const { clients, stream, perBlock } of shapes) {
    const auto: Way = { ...hearth, name: "Hearth, which chooses the model (`auto`)", model: () => "auto" };
    const ways: Way[] = [direct, floor, hearth, ...(clients === 1 ? [auto] : []), ...others.filter(({ streams }) => streams || !stream)];
    const times = new Map(ways.map((way): [Way, number[]] => [way, []]));
    for (let block = 0; block <= blocks; block += 1) {
      for (const way of ways) {
        const { firstMs } = await callsBy(way, { count: perBlock, clients, model, stream });
        if (block > 0) times.get(way)?.push(...firstMs);
      }
    }
    const base = timesOf(times.get(direct) ?? []);
    for (const way of ways) {
      const { middle, late } = timesOf(times.get(way) ?? []);
      const added = { middle: middle - base.middle, late: late - base.late };
      rows.push([
        `${clients}, ${stream ? "stream" : "whole"}`,
        way.name,
        ...[middle, added.middle, late, added.late].map((ms) => round(ms, 2)),
      ]);
      if (way === hearth && clients === 1) isMet &&= added.middle <= 1.5 && added.late <= 5;
    }
  }
  return [
    {
      title: "What `/v1` adds to a call",
      method: `${blocks} blocks of 100 calls by one client, or of 400 by sixteen (a tenth of that for LiteLLM), taken in turns after one block to warm up, to a host in another process that answers at once. Times are to the first word of a stream, or to the word of a whole reply. Hearth is called with an API key and writes down each call.`,
      columns: ["clients", "", "median ms", "added", "99th percentile ms", "added"],
      rows,
      aim: "at 1 client at most 1.5 ms added at the median, 5 ms at the 99th percentile",
      isMet,
    },
  ];
}

function timesOf(values: number[]): { middle: number; late: number } {
  const late = values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
  return { middle: median(values), late };
}
