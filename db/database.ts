import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { processGlobal } from "@/lib/core/process-global";
import type * as schema from "./schema/all";

/** What queries run on: a database or a transaction, embedded or a server. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** An open database with what Hearth needs beside SQL. */
export type Database = {
  db: Db;
  kind: "embedded" | "server";
  /** For people: a folder, or a server's address without its password. */
  label: string;
  /** Runs one statement as it is, for libraries that bring their own SQL. */
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;
  /** Calls `onPayload` for each NOTIFY on the channel, until the returned function is called. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

type Slot = { open?: Database };
const slot = () => processGlobal<Slot>("database", () => ({}));

/** Makes `database` the one this process uses; null when it was closed. */
export function setDatabase(database: Database | null): void {
  slot().open = database ?? undefined;
}

/** This process's database. @throws Error before boot has opened it */
export function database(): Database {
  const { open } = slot();
  if (!open) throw new Error("The database is not open yet. Boot opens it before any request is served.");
  return open;
}

/** Shorthand for `database().db`, the first argument of every query. */
export function db(): Db {
  return database().db;
}
