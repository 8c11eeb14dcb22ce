import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Database } from "./database";
import { migrationConfig, pendingMigrations } from "./migrations-state";
import * as schema from "./schema/all";

/** Any number that only Hearth's migrations use as their advisory lock. */
const migrationLock = 4_711_200_301;

/**
 * Connects to a Postgres server and brings it to the newest schema; replicas that start together take turns.
 * @throws Error of one line when the server cannot be reached, or was migrated by a newer Hearth
 */
export async function openServer(url: string): Promise<Database> {
  const label = new URL(url).host + new URL(url).pathname;
  const client = postgres(url, { max: 10, connect_timeout: 5, idle_timeout: 60, onnotice: () => {} });
  try {
    await migrateInTurn(url);
  } catch (error) {
    await client.end({ timeout: 1 });
    throw describe(error, label);
  }
  return {
    db: drizzle({ client, schema, casing: "snake_case" }),
    kind: "server",
    label,
    async query(text, values) {
      const rows = await client.unsafe(text, values as postgres.ParameterOrJSON<never>[], { prepare: true });
      return { rows: [...rows], rowCount: rows.count };
    },
    async listen(channel, onPayload) {
      const { unlisten } = await client.listen(channel, onPayload);
      return unlisten;
    },
    close: () => client.end({ timeout: 5 }),
  };
}

/** Migrates on a connection of its own, because an advisory lock belongs to one connection. */
async function migrateInTurn(url: string) {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await pendingMigrations((text) => client.unsafe(text));
    await migrate(drizzle({ client }), migrationConfig());
  } finally {
    await client.end({ timeout: 5 });
  }
}

function describe(error: unknown, label: string): Error {
  const code = (error as { code?: string }).code ?? "";
  if (["ECONNREFUSED", "ENOTFOUND", "CONNECT_TIMEOUT", "EHOSTUNREACH"].includes(code)) {
    return new Error(`Postgres at ${label} does not answer (${code}). Start it, or correct DATABASE_URL.`, { cause: error });
  }
  if (["28P01", "28000", "3D000"].includes(code)) {
    return new Error(`Postgres at ${label} refused: ${(error as Error).message}. Correct DATABASE_URL.`, { cause: error });
  }
  return error as Error;
}
