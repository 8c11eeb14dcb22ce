import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Results } from "@electric-sql/pglite";

type RowMode = "object" | "array";
type Request =
  | { kind: "query"; text: string; values?: unknown[]; rowMode?: RowMode }
  | { kind: "listen"; channel: string }
  | { kind: "close" };

/** What goes to the thread. */
export type ToThread = Request & { id: number };
/** What comes back: an answer, or a notification where `id` is null. The first answer, to no question, says that the database is open. */
export type FromThread =
  | { id: number; result?: unknown; error?: { message: string; fields: Record<string, unknown> } }
  | { id: null; channel: string; payload: string };

type Asking = { query: PgliteClient["query"] };

/** PGlite as Drizzle uses it, in a thread of its own, so that no query holds up the replies that this one streams. */
export type PgliteClient = {
  query<Row = Record<string, unknown>>(text: string, values?: unknown[], options?: { rowMode?: RowMode }): Promise<Results<Row>>;
  /** Runs `work` with nothing of anybody else between its queries; rolled back when it throws. */
  transaction<T>(work: (tx: Asking) => Promise<T>): Promise<T>;
  /** Calls `onPayload` for each NOTIFY on the channel, until the returned function is called. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

/** Opens the database in `folder`. @throws Error when it cannot be opened */
export async function openPgliteClient(folder: string): Promise<PgliteClient> {
  const thread = startThread(folder);
  await thread.opened;
  const query = ((text: string, values?: unknown[], options?: { rowMode?: RowMode }) =>
    thread.ask({ kind: "query", text, values, rowMode: options?.rowMode })) as PgliteClient["query"];
  /** Settles when the last transaction that was asked for is over. Undefined while there is none. */
  let held: Promise<void> | undefined;

  return {
    query: (async (...asked: Parameters<PgliteClient["query"]>) => {
      await held;
      return query(...asked);
    }) as PgliteClient["query"],
    async transaction(work) {
      const before = held;
      const { promise, resolve } = Promise.withResolvers<void>();
      const own = (before ?? Promise.resolve()).then(() => promise);
      held = own;
      await before;
      try {
        await query("begin");
        const result = await work({ query });
        await query("commit");
        return result;
      } catch (error) {
        // When even that fails the connection is gone, and the first failure says more.
        await query("rollback").catch(() => {});
        throw error;
      } finally {
        if (held === own) held = undefined;
        resolve();
      }
    },
    listen: (channel, onPayload) => thread.listen(channel, onPayload),
    async close() {
      await held;
      await thread.close();
    },
  };
}

type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };

/** Beside the build as it is: the thread is no part of a bundle. */
const script = () => path.join(/* turbopackIgnore: true */ process.cwd(), "db/pglite-thread.ts");

function startThread(folder: string) {
  const worker = new Worker(script(), { workerData: { folder }, execArgv: ["--disable-warning=ExperimentalWarning"] });
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: string) => void>>();
  let ended: Error | undefined;
  let lastId = 0;
  const end = (reason: Error) => {
    ended ??= reason;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on("error", (error) => end(error instanceof Error ? error : new Error("The embedded database failed.")));
  worker.on("exit", () => end(new Error("The embedded database is closed.")));
  worker.on("message", (message: FromThread) => {
    if (message.id === null) {
      for (const onPayload of listeners.get(message.channel) ?? []) onPayload(message.payload);
      return;
    }
    const { id, result, error } = message;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(Object.assign(new Error(error.message), error.fields));
    else asked?.resolve(result);
  });
  const wait = (id: number) => new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ask = async (request: Request): Promise<unknown> => {
    if (ended) throw ended;
    const id = ++lastId;
    const answer = wait(id);
    worker.postMessage({ ...request, id } satisfies ToThread);
    return answer;
  };
  return {
    opened: wait(0),
    ask,
    async listen(channel: string, onPayload: (payload: string) => void) {
      const known = listeners.get(channel);
      const all = known ?? new Set();
      all.add(onPayload);
      listeners.set(channel, all);
      if (!known) await ask({ kind: "listen", channel });
      return async () => void all.delete(onPayload);
    },
    async close() {
      await ask({ kind: "close" });
      await worker.terminate();
    },
  };
}
