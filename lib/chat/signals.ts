import { sql } from "drizzle-orm";
import { database } from "@/db/database";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { instanceId } from "./instance";
import type { ChatEvent } from "./page-contract";

/** What instances tell each other. */
export type Signal =
  | { kind: "chunks"; runIds: string[] }
  | { kind: "stop"; runId: string }
  | { kind: "event"; ownerId: string; event: ChatEvent };

type Listener = (signal: Signal) => void;
const channel = "hearth";
/** Postgres refuses a longer NOTIFY. */
const maxPayloadBytes = 7_900;

const listeners = () => processGlobal("signal-listeners", () => new Set<Listener>());

/** Calls `listener` for each signal, from this instance or another, until the returned function is called. */
export function onSignal(listener: Listener): () => void {
  listeners().add(listener);
  return () => listeners().delete(listener);
}

/** Tells every instance. Within this one at once; to the others through Postgres, where a lost signal only costs time: they poll too. */
export async function sendSignal(signal: Signal): Promise<void> {
  deliver(signal);
  if (database().kind === "embedded") return;
  const payload = JSON.stringify({ from: instanceId(), signal });
  if (Buffer.byteLength(payload) > maxPayloadBytes) return;
  try {
    await database().db.execute(sql`select pg_notify(${channel}, ${payload})`);
  } catch (error) {
    log().warn({ err: error, kind: signal.kind }, "a signal to the other instances was lost; they will notice by polling");
  }
}

/** Starts to hear the other instances. A database of our own has none. @returns the function that stops it */
export async function startSignals(): Promise<() => Promise<void>> {
  if (database().kind === "embedded") return async () => undefined;
  return database().listen(channel, (payload) => {
    const { from, signal } = JSON.parse(payload) as { from: string; signal: Signal };
    if (from !== instanceId()) deliver(signal);
  });
}

function deliver(signal: Signal) {
  for (const listener of listeners()) listener(signal);
}
