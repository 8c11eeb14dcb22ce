import { type Figure, median, round } from "../figure.ts";
import { callsBy, type Gateways, type Way } from "../support/gateways.ts";
import { residentMb } from "../support/processes.ts";

const model = "words-1-every-0";
const clients = 16;
const perBlock = 1_000;
const blocks = 10;

/** How many calls a second `/v1` passes on, and what ten thousand of them leave in memory. */
export async function gatewayLoad({ direct, hearth, others }: Gateways): Promise<Figure[]> {
  const ways: Way[] = [direct, hearth, ...others];
  const rates = new Map(ways.map((way): [Way, number[]] => [way, []]));
  const memory: { calls: number; mb: number }[] = [];
  for (let block = 0; block < blocks; block += 1) {
    for (const way of ways) {
      // One that is a hundred times slower would take the benchmark's whole time.
      const count = way === direct || way === hearth ? perBlock : perBlock / 10;
      const { totalMs } = await callsBy(way, { count, clients, model, stream: false });
      if (block > 0) rates.get(way)?.push((count * 1_000) / totalMs);
    }
    memory.push({ calls: (block + 1) * perBlock, mb: residentMb(hearth.pid ?? 0) });
  }
  const rateOf = (way: Way) => median(rates.get(way) ?? []);
  const share = rateOf(hearth) / rateOf(direct);
  const [first, last] = [memory[0], memory.at(-1)];
  const growth = (last?.mb ?? 0) / (first?.mb ?? 1);
  return [
    {
      title: "Calls a second through `/v1`",
      method: `${clients} clients, each with its next call as soon as the last is answered; median of ${blocks - 1} blocks of ${perBlock} calls (a tenth of that for the other gateways), taken in turns after one to warm up. Host, gateway and clients share the same cores.`,
      columns: ["", "calls a second", "of direct"],
      rows: ways.map((way) => [way.name, round(rateOf(way)), round(rateOf(way) / rateOf(direct), 2)]),
      aim: "at least 0.6 of direct",
      isMet: share >= 0.6,
    },
    {
      title: `Memory after ${blocks * perBlock} calls`,
      method: "Resident memory of Hearth after each thousand of the calls above.",
      columns: ["calls", "MB"],
      rows: memory.map(({ calls, mb }) => [calls, round(mb)]),
      aim: `at most 1.15 times what it was after ${perBlock}`,
      isMet: growth <= 1.15,
    },
  ];
}
