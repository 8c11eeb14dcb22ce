import type { Bench } from "../bench.ts";
import { type Figure, round } from "../figure.ts";
import type { LoadResult } from "../support/load-client.ts";
import { residentMb, runLoad } from "../support/processes.ts";

const words = 1_000;
const model = `words-${words}-every-20:latest`;
const ideal = words * 20;
const steps = [200, 300, 400, 500];

/** Many replies at once, 50 tokens a second each: does every word arrive, and how far does it go. */
export async function manyStreams({ hearth, host, client }: Bench): Promise<Figure[]> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${client.accessToken}` };
  const through = (count: number) =>
    runLoad({
      url: `${hearth.url}/api/v1/chat`,
      headers,
      words,
      bodies: repeat(count, { model: `ollama/${model}`, message: "go", stream: true }),
    });
  const direct = (count: number) =>
    runLoad({ url: `${host.url}/api/chat`, headers, words, bodies: repeat(count, { model, messages: [{ role: "user", content: "go" }] }) });
  const rows: (string | number)[][] = [];
  let held = 0;
  for (const count of steps) {
    rows.push(row(`${count}, the host directly`, count, await direct(count)));
    const result = await through(count);
    rows.push([...row(`${count}, Hearth`, count, result).slice(0, -1), round(residentMb(hearth.pid))]);
    if (result.wordsLost > 0) break;
    held = count;
  }
  return [
    {
      title: "Simultaneous streams of 50 tokens a second",
      method: `Each reply has ${words} numbered words, one every 20 ms (${ideal / 1000} s). Host, client and Hearth are three processes on the same two cores. A reply counts when every word of it arrived; pace is the ideal time over the median real time.`,
      columns: ["streams", "complete", "words lost", "first word, median ms", "longest silence ms", "pace", "memory MB"],
      rows,
      aim: "200 without loss",
      isMet: held >= 200,
    },
  ];
}

const repeat = (count: number, body: object) => Array.from({ length: count }, () => JSON.stringify(body));

function row(name: string, count: number, result: LoadResult): (string | number)[] {
  const failures = result.failures.length > 0 ? ` (${result.failures.join("; ")})` : "";
  const pace = `${round((ideal / result.medianTotalMs) * 100)} %`;
  return [
    name,
    `${result.complete} of ${count}${failures}`,
    result.wordsLost,
    round(result.medianFirstMs),
    round(result.longestGapMs),
    pace,
    "",
  ];
}
