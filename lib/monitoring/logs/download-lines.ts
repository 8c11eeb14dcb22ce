import { db } from "@/db/database";
import { type LinePlace, type LogLineRow, listLines } from "@/db/queries/log-lines";
import type { LogQuery } from "./contract";
import { flushLines } from "./flush-lines";
import { lineFilter } from "./line-filter";
import { toLine } from "./to-line";

const atOnce = 1_000;

/** Every kept line that matches as NDJSON, the newest first, read and sent a thousand at a time. */
export async function downloadLines(query: LogQuery): Promise<Response> {
  const filter = await lineFilter(query);
  await flushLines();
  const encoder = new TextEncoder();
  let before: LinePlace | null = null;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const rows: LogLineRow[] = await listLines(db(), filter, { before, limit: atOnce });
      const last = rows.at(-1);
      before = last ? { at: last.at.toISOString(), id: last.id } : null;
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map((row) => `${JSON.stringify(toLine(row))}\n`).join("")));
      if (rows.length < atOnce) controller.close();
    },
  });
  const name = `hearth-logs-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.ndjson`;
  return new Response(body, {
    headers: {
      "content-type": "application/x-ndjson",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}
