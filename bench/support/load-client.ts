/** Reads many replies at once, in a process of its own, and tells how many words of each arrived and how late. */
import { setTimeout as sleep } from "node:timers/promises";

export type Load = { url: string; headers: Record<string, string>; bodies: string[]; words: number };
export type LoadResult = {
  complete: number;
  wordsLost: number;
  failures: string[];
  medianFirstMs: number;
  medianTotalMs: number;
  longestGapMs: number;
};

type Reading = { words: number; firstMs: number; totalMs: number; gapMs: number; failure?: string };

process.once("message", async (load: Load) => {
  const readings = await Promise.all(load.bodies.map((body, index) => sleep(index * 5).then(() => read(load, body))));
  const failures = readings.flatMap(({ failure }) => failure ?? []);
  const result: LoadResult = {
    complete: readings.filter(({ words }) => words === load.words).length,
    wordsLost: readings.reduce((lost, { words }) => lost + load.words - words, 0),
    failures: [...new Set(failures)].slice(0, 3),
    medianFirstMs: middle(readings.map(({ firstMs }) => firstMs)),
    medianTotalMs: middle(readings.map(({ totalMs }) => totalMs)),
    longestGapMs: Math.max(...readings.map(({ gapMs }) => gapMs)),
  };
  process.send?.(result, () => process.exit(0));
});

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

/** Counts numbered words in text deltas, of Ollama's lines and of AI SDK events alike. */
async function read({ url, headers }: Load, body: string): Promise<Reading> {
  const startedAt = performance.now();
  const reading: Reading = { words: 0, firstMs: Number.NaN, totalMs: 0, gapMs: 0 };
  try {
    const response = await fetch(url, { method: "POST", headers, body });
    if (!response.ok) return { ...reading, failure: `${response.status} ${(await response.text()).slice(0, 200)}` };
    let last = performance.now();
    let text = "";
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      const at = performance.now();
      const lines = (text + decoder.decode(bytes, { stream: true })).split("\n");
      text = lines.pop() ?? "";
      const arrived = lines.reduce((sum, line) => sum + wordsIn(line), 0);
      if (arrived === 0) continue;
      if (Number.isNaN(reading.firstMs)) reading.firstMs = at - startedAt;
      else reading.gapMs = Math.max(reading.gapMs, at - last);
      last = at;
      reading.words += arrived;
    }
  } catch (error) {
    reading.failure = String(error);
  }
  return { ...reading, totalMs: performance.now() - startedAt };
}

function wordsIn(line: string): number {
  const delta = /"(?:delta|content)":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? "";
  return delta.match(/\d+ /g)?.length ?? 0;
}
