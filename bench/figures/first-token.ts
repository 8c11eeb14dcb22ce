import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { type Figure, median, round } from "../figure.ts";

const rounds = 40;
const warmUp = 10;
const model = "words-20-every-5:latest";

type Way = { name: string; url: string; headers: Record<string, string>; body: () => string; marks: string };

/** What Hearth adds to the time to the first token, over REST and over the chat page's transport. */
export async function firstToken({ hearth, host, client }: Bench): Promise<Figure[]> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${client.accessToken}` };
  const ways: Way[] = [
    {
      name: "the host directly",
      url: `${host.url}/api/chat`,
      headers,
      body: () => JSON.stringify({ model, messages: [{ role: "user", content: "hello" }] }),
      marks: '"content":"alpha',
    },
    {
      name: "Hearth, REST",
      url: `${hearth.url}/api/v1/chat`,
      headers,
      body: () => JSON.stringify({ model: `ollama/${model}`, message: "hello", stream: true }),
      marks: '"delta":"alpha',
    },
    { name: "Hearth, chat page", url: `${hearth.url}/api/chat`, headers, body: chatPageBody, marks: '"delta":"alpha' },
  ];
  const times = ways.map((): number[] => []);
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const [index, way] of ways.entries()) {
      const ms = await timeToFirst(way);
      if (round >= warmUp) times[index]?.push(ms);
      // Storing the end and writing the title come after the reply; the next request starts on a quiet machine.
      await sleep(250);
    }
  }
  const medians = times.map(median);
  const direct = medians[0] ?? 0;
  return [
    {
      title: "Time to the first token, added",
      method: `Median of ${rounds} requests each, taken in turns after ${warmUp} to warm up, to a host in another process that answers at once. Each chat is a new one, so it includes storing the message and the run.`,
      columns: ["", "median ms", "90th percentile ms", "added, median ms"],
      rows: ways.map(({ name }, index) => [
        name,
        round(medians[index] ?? 0, 2),
        round(percentile90(times[index] ?? []), 2),
        round((medians[index] ?? 0) - direct, 2),
      ]),
      aim: "at most 8 ms added, at the median",
      isMet: medians.every((value) => value - direct <= 8),
    },
  ];
}

const chatPageBody = () =>
  JSON.stringify({
    id: randomUUID(),
    trigger: "send",
    message: { id: randomUUID(), text: "hello" },
    options: { model: `ollama/${model}` },
  });

const percentile90 = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? Number.NaN;

/** Reads the whole reply, and tells when its first token came. */
async function timeToFirst({ url, headers, body, marks }: Way): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url, { method: "POST", headers, body: body() });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  let first: number | undefined;
  let text = "";
  for await (const bytes of response.body ?? []) {
    if (first !== undefined) continue;
    text += Buffer.from(bytes).toString();
    if (text.includes(marks)) first = performance.now() - startedAt;
  }
  if (first === undefined) throw new Error(`${url} wrote no token: ${text.slice(0, 300)}`);
  return first;
}
