import { signUp } from "../../tests/support/api-client.ts";
import { startHearth } from "../../tests/support/hearth.ts";
import { type Figure, median, round } from "../figure.ts";
import { startModelHost } from "../support/processes.ts";

const model = "ollama/words-20-every-5:latest";
const clients = 8;
const beforeMs = 3_000;
const afterMs = 5_000;

type Seen = { startedAt: number; firstMs?: number; failure?: string; hasBegun: boolean };

/** One of two hosts is killed under load: does any call fail that had no word yet, and how long does the first word take then. */
export async function hostKilled(): Promise<Figure[]> {
  const [first, second] = [await startModelHost(), await startModelHost()];
  const hearth = await startHearth({ env: { OLLAMA_BASE_URL: `${first.url},${second.url}` } });
  try {
    const { accessToken } = await signUp(hearth.url);
    const headers = { "content-type": "application/json", authorization: `Bearer ${accessToken}` };
    const body = JSON.stringify({ model, stream: true, messages: [{ role: "user", content: "hello" }] });
    const ask = () => call(`${hearth.url}/v1/chat/completions`, { method: "POST", headers, body });
    const startedAt = performance.now();
    const seen: Seen[] = [];
    let killedAt = Number.POSITIVE_INFINITY;
    const timer = setTimeout(() => {
      killedAt = performance.now();
      first.stop();
    }, beforeMs);
    const work = async () => {
      while (performance.now() - startedAt < beforeMs + afterMs) seen.push(await ask());
    };
    await Promise.all(Array.from({ length: clients }, work));
    clearTimeout(timer);
    return [figure(seen, killedAt)];
  } finally {
    await hearth.close();
    for (const host of [first, second]) host.stop();
  }
}

function figure(seen: Seen[], killedAt: number): Figure {
  const warm = seen.filter(({ startedAt }) => startedAt > killedAt - beforeMs + 500);
  const parts = {
    "before it": warm.filter(({ startedAt }) => startedAt < killedAt - 200),
    "within a second of it": warm.filter(({ startedAt }) => startedAt >= killedAt - 200 && startedAt < killedAt + 1_000),
    later: warm.filter(({ startedAt }) => startedAt >= killedAt + 1_000),
  };
  const lost = (calls: Seen[]) => calls.filter(({ failure, hasBegun }) => failure && !hasBegun).length;
  const rows = Object.entries(parts).map(([when, calls]) => {
    const times = calls.flatMap(({ firstMs }) => firstMs ?? []);
    const brokenOff = calls.filter(({ failure, hasBegun }) => failure && hasBegun).length;
    return [when, calls.length, round(median(times), 1), round(Math.max(...times), 1), brokenOff, lost(calls)];
  });
  return {
    title: "One of two hosts is killed under load",
    method: `${clients} clients stream replies of 20 words in 100 ms from two hosts; one host's process is killed after ${beforeMs / 1_000} s. The baseline are the calls before it.`,
    columns: ["calls begun", "", "first word, median ms", "longest ms", "broken off in mid-reply", "failed before the first word"],
    rows,
    aim: "no call fails before its first word",
    isMet: lost(warm) === 0,
  };
}

async function call(url: string, init: RequestInit): Promise<Seen> {
  const seen: Seen = { startedAt: performance.now(), hasBegun: false };
  try {
    const response = await fetch(url, init);
    if (!response.ok) return { ...seen, failure: `${response.status}` };
    let text = "";
    for await (const bytes of response.body ?? []) {
      text += Buffer.from(bytes).toString();
      if (seen.hasBegun || !text.includes("alpha")) continue;
      seen.hasBegun = true;
      seen.firstMs = performance.now() - seen.startedAt;
    }
    if (!text.includes("[DONE]")) seen.failure = "broken off";
  } catch (error) {
    seen.failure = String(error);
  }
  return seen;
}
