import { processGlobal } from "@/lib/core/process-global";
import { type Db, database } from "./database";

type Memory = { rows: Map<string, unknown>; of: Db | null };
const memory = () => processGlobal<Memory>("remembered-rows", () => ({ rows: new Map(), of: null }));
const maxRows = 2_000;

/**
 * A row that nearly every request looks up, read once and then kept until `forgetRows`. Only on the embedded database, whose
 * one writer is this process, so that nothing can change behind it; on a server it is read each time.
 * @param name tells the row from all others
 */
export async function rememberRow<Row>(db: Db, name: string, read: () => Promise<Row>): Promise<Row> {
  const { kind, db: whole } = database();
  if (kind !== "embedded" || db !== whole) return read();
  const kept = memory();
  if (kept.of !== whole) Object.assign(kept, { rows: new Map(), of: whole });
  const { rows } = kept;
  if (rows.has(name)) return rows.get(name) as Row;
  const row = await read();
  // What was forgotten meanwhile took the map along: a row read before a change is never kept past it.
  if (rows.size >= maxRows) rows.clear();
  rows.set(name, row);
  return row;
}

const listeners = () => processGlobal("row-change-listeners", () => new Set<() => void>());

/** Forgets every kept row. Each query that changes one of their tables calls it after its statement. */
export function forgetRows(): void {
  memory().rows = new Map();
  for (const listener of listeners()) listener();
}

/** Calls `listener` whenever this process changed sign-ins, accounts or keys, on either database. @returns what ends it */
export function onRowsChanged(listener: () => void): () => void {
  listeners().add(listener);
  return () => listeners().delete(listener);
}
