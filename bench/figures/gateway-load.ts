import { type Figure, median, round } from "../figure.ts";
import { callsBy, type Gateways, type Load, type Way } from "../support/gateways.ts";
import { residentMb } from "../support/processes.ts";

type Shape = Load & { title: string };
const program = { model: "words-100-every-0", clients: 10, count: 300, library: true };
const asPrograms: Shape[] = [
  { title: "streams of 100 words, as programs ask", ...program, stream: true },
  { title: "whole replies of 100 words, as programs ask", ...program, stream: false },
];
const streams: Shape = { title: "streams of 100 words", model: "words-100-every-0", clients: 10, count: 300, stream: true };
const whole: Shape = { title: "whole replies of one word", model: "words-1-every-0", clients: 16, count: 1_000, stream: false };
const blocks = 10;
const aboutWhole =
  "By default Hearth asks the host for a stream also when the caller wants the whole, so that it notices a hang; with streaming as asked it asks for the whole (ADR 15).";

/** How many calls a second `/v1` passes on, to programs and to the least of clients; and what ten thousand calls leave in memory. */
export async function gatewayLoad({ direct, floor, hearth, asAsked, others }: Gateways): Promise<Figure[]> {
  const memory: (string | number)[][] = [];
  const remember = (block: number) => memory.push([(block + 1) * whole.count * 2, round(residentMb(hearth.pid ?? 0))]);
  const ways: [Way, Way, Way, ...Way[]] = [direct, hearth, asAsked, floor, ...others];
  const wholeFigure = await rateFigure(ways, whole, remember);
  const figures: Figure[] = [];
  for (const shape of [...asPrograms, streams]) figures.push(await rateFigure(ways, shape));
  const growth = Number(memory.at(-1)?.[1]) / Number(memory[0]?.[1]);
  return [
    ...figures,
    wholeFigure,
    {
      title: `Memory after ${2 * blocks * whole.count} calls`,
      method: "Resident memory of Hearth after each two thousand of the whole replies above, a thousand in each of its two ways.",
      columns: ["calls", "MB"],
      rows: memory,
      aim: `at most 1.15 times what it was after ${2 * whole.count}`,
      isMet: growth <= 1.15,
    },
  ];
}

/** The first way is the host itself, the second Hearth, the third Hearth as it streams where that is asked for. */
async function rateFigure(
  [direct, hearth, asAsked, ...others]: [Way, Way, Way, ...Way[]],
  shape: Shape,
  afterBlock?: (block: number) => void,
): Promise<Figure> {
  const own = shape.stream ? [direct, hearth] : [direct, hearth, asAsked];
  const ways = [...own, ...others.filter((way) => !shape.stream || !("streams" in way) || way.streams)];
  const rates = await ratesOf(ways, shape, afterBlock);
  const [directRate = Number.NaN, byDefault = Number.NaN, whereAsked = Number.NaN] = [...rates.values()];
  const reached = shape.stream ? byDefault : whereAsked;
  const { title, clients, count, library } = shape;
  const who = library ? `OpenAI's client for Node, ${clients} calls at once` : `${clients} clients that only read the bytes`;
  return {
    title: `Calls a second through \`/v1\`: ${title}`,
    method: `${who}, each with its next call as soon as the last is answered; median of ${blocks - 1} blocks of ${count} calls (a tenth of that for LiteLLM), taken in turns after one to warm up. The host answers as fast as it can, a word in each write. Host, gateway and clients share the same cores.${shape.stream ? "" : ` ${aboutWhole}`}`,
    columns: ["", "calls a second", "of direct"],
    rows: [...rates].map(([way, rate]) => [way, round(rate), round(rate / directRate, 2)]),
    aim: shape.stream ? "at least 0.6 of direct" : "at least 0.6 of direct, with streaming as asked",
    isMet: reached / directRate >= 0.6,
  };
}

/** Calls a second by each way: the median of all blocks but the first. */
async function ratesOf(ways: Way[], shape: Shape, afterBlock: (block: number) => void = () => {}): Promise<Map<string, number>> {
  const all = new Map(ways.map((way): [Way, number[]] => [way, []]));
  for (let block = 0; block < blocks; block += 1) {
    for (const way of ways) {
      const { count, totalMs } = await callsBy(way, shape);
      if (block > 0) all.get(way)?.push((count * 1_000) / totalMs);
    }
    afterBlock(block);
  }
  return new Map([...all].map(([{ name }, values]) => [name, median(values)]));
}
