import { randomUUID } from "node:crypto";
import type { Bench } from "../bench.ts";
import { type Figure, median, round } from "../figure.ts";

const rounds = 300;
const warmUp = 50;
/** A reply of 20 words takes its host a tenth of a second. */
const model = "ollama/words-20-every-5:latest";

type Ask = (question: string, temperature: number) => Promise<{ cache: string | null; ms: number }>;

/** What the answer cache is worth: one hit, a hundred equal calls at once, and questions that come again and again. */
export async function answerCache({ hearth, host, client }: Bench): Promise<Figure[]> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${client.accessToken}` };
  const ask: Ask = async (question, temperature) => {
    const body = JSON.stringify({ model, temperature, messages: [{ role: "user", content: question }] });
    const startedAt = performance.now();
    const response = await fetch(`${hearth.url}/v1/chat/completions`, { method: "POST", headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`/v1 answered ${response.status}: ${text}`);
    return { cache: response.headers.get("x-hearth-cache"), ms: performance.now() - startedAt };
  };
  const chatsAtHost = async () => ((await (await fetch(`${host.url}/chats`)).json()) as { chats: number }).chats;
  return [await oneHit(host.url, ask), await atOnce(ask, chatsAtHost), await repeated(ask, chatsAtHost)];
}

async function oneHit(hostUrl: string, ask: Ask): Promise<Figure> {
  const question = `Why? ${randomUUID()}`;
  const bare: number[] = [];
  const hits: number[] = [];
  const miss = await ask(question, 0);
  for (let turn = 0; turn < rounds + warmUp; turn += 1) {
    const startedAt = performance.now();
    await (await fetch(`${hostUrl}/api/version`)).text();
    const bareMs = performance.now() - startedAt;
    const { cache, ms } = await ask(question, 0);
    if (cache !== "hit") throw new Error(`A call that was answered before was a ${cache}.`);
    if (turn >= warmUp) {
      bare.push(bareMs);
      hits.push(ms);
    }
  }
  const added = median(hits) - median(bare);
  return {
    title: "A kept answer over `/v1`",
    method: `Median of ${rounds} whole answers each, taken in turns after ${warmUp} to warm up. The baseline is the smallest answer of a bare Node server in another process; the first call asks a model host that writes 20 words in 100 ms.`,
    columns: ["", "median ms", "added, median ms"],
    rows: [
      ["a bare server", round(median(bare), 2), 0],
      ["Hearth, the first call", round(miss.ms, 2), ""],
      ["Hearth, the same call again", round(median(hits), 2), round(added, 2)],
    ],
    aim: "at most 2 ms added",
    isMet: added <= 2,
  };
}

async function atOnce(ask: Ask, chatsAtHost: () => Promise<number>): Promise<Figure> {
  const measure = async (temperature: number) => {
    const question = `Why? ${randomUUID()}`;
    const before = await chatsAtHost();
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 100 }, () => ask(question, temperature)));
    return { totalMs: performance.now() - startedAt, asked: (await chatsAtHost()) - before };
  };
  const without = await measure(1);
  const shared = await measure(0);
  return {
    title: "A hundred equal calls at once",
    method: "The same question from 100 clients. The baseline is the same with temperature 1, which no kept answer is given to.",
    columns: ["", "calls to the host", "all answered after ms"],
    rows: [
      ["each by itself", without.asked, round(without.totalMs)],
      ["shared", shared.asked, round(shared.totalMs)],
    ],
    aim: "one call to the host",
    isMet: shared.asked === 1,
  };
}

async function repeated(ask: Ask, chatsAtHost: () => Promise<number>): Promise<Figure> {
  const [calls, questions, clients] = [1_000, 100, 20];
  const measure = async (temperature: number) => {
    const name = randomUUID();
    const before = await chatsAtHost();
    const times: number[] = [];
    let next = 0;
    let hits = 0;
    const startedAt = performance.now();
    const work = async () => {
      while (next < calls) {
        const { cache, ms } = await ask(`Question ${(next++ * 7) % questions} of ${name}`, temperature);
        times.push(ms);
        if (cache === "hit") hits += 1;
      }
    };
    await Promise.all(Array.from({ length: clients }, work));
    const perSecond = (calls * 1_000) / (performance.now() - startedAt);
    return { perSecond, hits, medianMs: median(times), asked: (await chatsAtHost()) - before };
  };
  const without = await measure(1);
  const cached = await measure(0);
  const row = (what: string, { hits, asked, medianMs, perSecond }: typeof cached) => [
    what,
    `${round((hits / calls) * 100, 1)} %`,
    asked,
    round(medianMs, 1),
    round(perSecond),
  ];
  return {
    title: "Questions that come again",
    method: `${calls} calls over ${questions} questions, by ${clients} clients at once. The baseline is the same with temperature 1.`,
    columns: ["", "hits", "calls to the host", "median ms", "calls a second"],
    rows: [row("without kept answers", without), row("with", cached)],
    aim: "90 % hits",
    isMet: cached.hits >= calls * 0.9,
  };
}
