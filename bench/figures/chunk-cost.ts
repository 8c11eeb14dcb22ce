import { type Figure, round } from "../figure.ts";
import { callsBy, type Gateways, type Way } from "../support/gateways.ts";
import { cpuMs } from "../support/processes.ts";

/** Many short replies as fast as their host can; and four of a chunk a millisecond, longer than any model writes. */
const shapes = [
  { name: "as fast as the host can", model: "words-100-every-0", words: 100, streams: 1_000, clients: 10 },
  { name: "one a millisecond", model: "words-5000-every-1", words: 5_000, streams: 4, clients: 4 },
];
type Shape = (typeof shapes)[number];

/** Processor time that a gateway takes for each chunk of a stream. */
export async function chunkCost({ floor, hearth, others }: Gateways): Promise<Figure[]> {
  const ways = [hearth, floor, ...others.filter(({ streams: can }) => can)];
  const rows: (string | number)[][] = [];
  let isMet = false;
  for (const shape of shapes) {
    for (const way of ways) {
      const us = await costOf(way, shape);
      rows.push([shape.name, way.name, round(us, 1)]);
      // To copy a word that is read by itself takes as much as the aim allows, whoever does it.
      if (way === hearth && shape === shapes[0]) isMet = us <= 20;
    }
  }
  return [
    {
      title: "Cost of a streamed chunk",
      method:
        "Processor time of the gateway's process while replies stream through it, a word a chunk, divided by the host's chunks: 1,000 replies of 100 words to 10 clients, written one word after the other, so that a share of each call is in it; and 4 replies of 5,000 words at once, with a millisecond between two words, so that each is read by itself. Half of that before, to warm up. LiteLLM gets a tenth of the replies.",
      columns: ["the host writes its words", "", "µs a chunk"],
      rows,
      aim: "at most 20 µs as fast as the host can; read by itself, a word is held against what copying it takes",
      isMet,
    },
  ];
}

async function costOf(way: Way, { model, words, streams, clients }: Shape): Promise<number> {
  await callsBy(way, { count: Math.ceil(streams / 2), clients, model, stream: true });
  const before = cpuMs(way.pid ?? 0);
  const { count } = await callsBy(way, { count: streams, clients, model, stream: true });
  return ((cpuMs(way.pid ?? 0) - before) * 1_000) / (count * words);
}
