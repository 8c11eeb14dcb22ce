import { type Figure, median, round } from "../figure.ts";
import { callsBy, type Gateways, type Way } from "../support/gateways.ts";
import { residentMb } from "../support/processes.ts";

type Shape = { name: string; model: string; clients: number; stream: boolean; perBlock: number };
const whole: Shape = { name: "whole replies of one word", model: "words-1-every-0", clients: 16, stream: false, perBlock: 1_000 };
const streams: Shape = { name: "streams of 100 words", model: "words-100-every-0", clients: 10, stream: true, perBlock: 300 };
const blocks = 10;

/** How many calls a second `/v1` passes on, and what ten thousand of them leave in memory. */
export async function gatewayLoad({ direct, floor, hearth, others }: Gateways): Promise<Figure[]> {
  const memory: (string | number)[][] = [];
  const remember = (block: number) => memory.push([(block + 1) * whole.perBlock, round(residentMb(hearth.pid ?? 0))]);
  const wholeRates = await rates([direct, hearth, floor, ...others], whole, remember);
  const streamRates = await rates([direct, hearth, floor, ...others.filter((way) => way.streams)], streams);
  const growth = Number(memory.at(-1)?.[1]) / Number(memory[0]?.[1]);
  return [
    rateFigure(whole, wholeRates),
    rateFigure(streams, streamRates),
    {
      title: `Memory after ${blocks * whole.perBlock} calls`,
      method: "Resident memory of Hearth after each thousand of the whole replies above.",
      columns: ["calls", "MB"],
      rows: memory,
      aim: `at most 1.15 times what it was after ${whole.perBlock}`,
      isMet: growth <= 1.15,
    },
  ];
}

/** Calls a second by each way: the median of all blocks but the first. */
async function rates(ways: Way[], shape: Shape, afterBlock: (block: number) => void = () => {}): Promise<Map<string, number>> {
  const all = new Map(ways.map((way): [Way, number[]] => [way, []]));
  for (let block = 0; block < blocks; block += 1) {
    for (const way of ways) {
      // One that is a hundred times slower would take the benchmark's whole time.
      const isPeer = ways.indexOf(way) > 2;
      const count = isPeer ? shape.perBlock / 10 : shape.perBlock;
      const { totalMs } = await callsBy(way, { ...shape, count });
      if (block > 0) all.get(way)?.push((count * 1_000) / totalMs);
    }
    afterBlock(block);
  }
  return new Map([...all].map(([{ name }, values]) => [name, median(values)]));
}

/** The first way is the host itself, the second Hearth, the third the floor. */
function rateFigure({ name, clients, perBlock }: Shape, rates: Map<string, number>): Figure {
  const [direct = Number.NaN, hearth = Number.NaN] = [...rates.values()];
  return {
    title: `Calls a second through \`/v1\`: ${name}`,
    method: `${clients} clients, each with its next call as soon as the last is answered; median of ${blocks - 1} blocks of ${perBlock} calls (a tenth of that for the other gateways), taken in turns after one to warm up. The host answers as fast as it can, a word in each write. Host, gateway and clients share the same cores.`,
    columns: ["", "calls a second", "of direct"],
    rows: [...rates].map(([way, rate]) => [way, round(rate), round(rate / direct, 2)]),
    aim: "at least 0.6 of direct",
    isMet: hearth / direct >= 0.6,
  };
}
