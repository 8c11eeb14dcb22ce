import { expect } from "vitest";
import { GET as follow } from "@/app/api/monitoring/logs/stream/route";
import type { LogLine } from "@/lib/monitoring/logs/contract";
import { getAs } from "./api-keys";

/** Follows the log, and gives what has come so far. */
export async function tailLog(token: string, query = "") {
  const response = await getAs(token, follow, query);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const lines: LogLine[] = [];
  let rest = "";
  let leftOut = 0;
  const read = async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      const events = (rest + part.value).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) leftOut += Number(/^event: left-out\ndata: (\d+)$/.exec(event)?.[1] ?? 0);
      for (const event of events) if (event.startsWith("data: ")) lines.push(...(JSON.parse(event.slice(6)) as LogLine[]));
    }
  };
  void read();
  return {
    lines,
    leftOut: () => leftOut,
    has: (text: string) => expect.poll(() => lines.map((line) => line.text), { timeout: 1_000, interval: 20 }).toContain(text),
    close: () => reader?.cancel(),
  };
}
