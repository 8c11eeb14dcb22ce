import { setTimeout as sleep } from "node:timers/promises";
import { signUp } from "../../tests/support/api-client.ts";
import { startHearth } from "../../tests/support/hearth.ts";
import { type Figure, median, round } from "../figure.ts";
import { cpuMs, runLoad, startModelHost } from "../support/processes.ts";

/** An answer as people get them, at 50 tokens a second; and a short one as fast as machines write. */
const shapes = [
  { name: "200 words in 4 s, 10 at once", words: 200, everyMs: 20, atOnce: 10, turns: 8 },
  { name: "20 words in 0.1 s, one at a time", words: 20, everyMs: 5, atOnce: 1, turns: 60 },
];
type Shape = (typeof shapes)[number];
/** Spans and calls that wait are stored by then, and titles made. */
const settleMs = 700;

type Way = { recording: "off" | "on"; url: string; pid: number; accessToken: string; close: () => Promise<void> };

/** What it costs to record traces: the same replies by a Hearth that does and by one that does not, in turns. */
export async function recordingCost(): Promise<Figure[]> {
  const host = await startModelHost();
  const ways: Way[] = [];
  try {
    for (const recording of ["off", "on"] as const) ways.push(await startWay(recording, host.url));
    const rows: (string | number)[][] = [];
    let isMet = true;
    for (const shape of shapes) {
      const [off, on] = await measure(shape, ways);
      if (!off || !on) throw new Error("Both ways are measured.");
      rows.push([shape.name, "off", round(off.replyMs, 1), round(off.cpuMs, 1), ""]);
      const added = { wall: on.replyMs / off.replyMs - 1, cpu: (on.cpuMs - off.cpuMs) / off.replyMs };
      rows.push([
        shape.name,
        "on",
        round(on.replyMs, 1),
        round(on.cpuMs, 1),
        `${round(100 * added.wall, 1)} %, ${round(100 * added.cpu, 1)} %`,
      ]);
      if (shape === shapes[0]) isMet = added.wall <= 0.02 && added.cpu <= 0.02;
    }
    return [
      {
        title: "Cost of recording traces",
        method: `The same replies over REST by two Hearths with their embedded databases, one with \`HEARTH_TRACES=off\`, in turns (${shapes.map(({ turns }) => turns).join(" and ")}) after one to warm up, to a host in another process. Each chat is new: it has a title made, and its run has some six spans. Processor time is that of the whole process, database and storing included, for each reply. What is added is given as a share of the reply's time.`,
        columns: ["reply", "recording", "median ms", "processor ms a reply", "added: time, processor time"],
        rows,
        aim: "at most 2 % of the time of a reply of 200 words, in both",
        isMet,
      },
    ];
  } finally {
    for (const way of ways) await way.close();
    host.stop();
  }
}

async function startWay(recording: Way["recording"], hostUrl: string): Promise<Way> {
  const env = { OLLAMA_BASE_URL: hostUrl, HEARTH_CHAT_PER_MINUTE: "100000", HEARTH_TRACES: recording };
  const hearth = await startHearth({ env });
  const { accessToken } = await signUp(hearth.url);
  return { recording, url: hearth.url, pid: hearth.pid, accessToken, close: () => hearth.close() };
}

async function measure(shape: Shape, ways: Way[]): Promise<{ replyMs: number; cpuMs: number }[]> {
  const measured = ways.map(() => ({ times: [] as number[], cpuMs: 0 }));
  for (let turn = 0; turn <= shape.turns; turn += 1) {
    // Whoever is second finds the machine as the first left it: they change places.
    const order = turn % 2 === 0 ? [...ways.keys()] : [...ways.keys()].reverse();
    for (const at of order) {
      const [way, sums] = [ways[at], measured[at]];
      if (!way || !sums) continue;
      const before = cpuMs(way.pid);
      const replyMs = await replies(way, shape);
      await sleep(settleMs);
      if (turn === 0) continue;
      sums.times.push(replyMs);
      sums.cpuMs += cpuMs(way.pid) - before;
    }
  }
  return measured.map(({ times, cpuMs: all }) => ({ replyMs: median(times), cpuMs: all / (shape.turns * shape.atOnce) }));
}

async function replies({ url, accessToken }: Way, { words, everyMs, atOnce }: Shape): Promise<number> {
  const body = JSON.stringify({ model: `ollama/words-${words}-every-${everyMs}:latest`, message: "go", stream: true });
  const headers = { "content-type": "application/json", authorization: `Bearer ${accessToken}` };
  const result = await runLoad({ url: `${url}/api/v1/chat`, headers, words, bodies: Array.from({ length: atOnce }, () => body) });
  if (result.wordsLost > 0) throw new Error(`Words were lost: ${result.failures.join("; ")}`);
  return result.medianTotalMs;
}
