/** PGlite in a thread of its own: answers the requests of `pglite-client.ts`, in the order in which they come. */
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, type QueryOptions } from "@electric-sql/pglite";
import type { FromThread, ToThread } from "./pglite-client";

/** Dates and intervals, single and in arrays, which Drizzle reads as text. */
const textTypes = [1082, 1114, 1184, 1186, 1115, 1182, 1185, 1187, 1231];
/** What PGlite adds to Postgres's errors are the statement and its values, and values are private. */
const privateFields = new Set(["query", "params", "queryOptions"]);

const send = (message: FromThread) => parentPort?.postMessage(message);

// PGlite turns syncing off (-F) and takes 128 MB of buffers by default; see docs/adr/0002-embedded-postgres.md.
const pglite = await PGlite.create({
  dataDir: (workerData as { folder: string }).folder,
  startParams: PGlite.defaultStartParams.filter((param) => param !== "-F"),
  postgresqlconf: ["fsync = on", "shared_buffers = 16MB"],
  parsers: Object.fromEntries(textTypes.map((type) => [type, (value: string) => value])),
});

parentPort?.on("message", async (request: ToThread) => {
  try {
    send({ id: request.id, result: await answer(request) });
  } catch (error) {
    send({ id: request.id, error: describe(error) });
  }
});
send({ id: 0 });

function answer(request: ToThread): Promise<unknown> {
  switch (request.kind) {
    case "query": {
      const { text, values, rowMode } = request;
      return pglite.query(text, values, { rowMode } satisfies QueryOptions);
    }
    case "listen":
      return pglite.listen(request.channel, (payload) => send({ id: null, channel: request.channel, payload })).then(() => null);
    case "close":
      return pglite.close();
  }
}

/** An error as plain data: cloning an Error would drop Postgres's code and details. */
function describe(error: unknown): { message: string; fields: Record<string, unknown> } {
  // What PGlite's file system throws, for one on a full disk, is no Error.
  if (!(error instanceof Error)) return { message: "The embedded database failed.", fields: {} };
  const fields = Object.entries(error).filter(
    ([name, value]) => !privateFields.has(name) && typeof value !== "function" && typeof value !== "object",
  );
  return { message: error.message, fields: Object.fromEntries(fields) };
}
