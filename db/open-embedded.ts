import { cp, mkdir, rename } from "node:fs/promises";
import path from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import type { Database } from "./database";
import { lockDataDir } from "./lock-data-dir";
import { migrationConfig, pendingMigrations } from "./migrations-state";
import { openPgliteClient, type PgliteClient } from "./pglite-client";
import * as schema from "./schema/all";

/**
 * Opens the embedded Postgres (PGlite) in `<dataDir>/postgres` and brings it to the newest schema.
 * A database that holds data is copied to `<dataDir>/backups` before it is changed.
 * @throws Error of one line when another process uses the folder, it cannot be written, or the database is newer than this code
 */
export async function openEmbedded(dataDir: string): Promise<Database> {
  await mkdir(dataDir, { recursive: true }).catch((error) => {
    throw describe(error, dataDir);
  });
  const lock = lockDataDir(dataDir);
  const folder = path.join(dataDir, "postgres");
  try {
    let client = await openPgliteClient(folder);
    const pending = await pendingMigrations((text) => client.query(text).then((result) => result.rows));
    if (pending.names.length > 0 && !pending.isNew) {
      await client.close();
      await copyAside(folder, path.join(dataDir, "backups"), pending.names[0] ?? "");
      client = await openPgliteClient(folder);
    }
    const db = drizzle({ client: asPglite(client), schema, casing: "snake_case" });
    await migrate(db, migrationConfig());
    return {
      db,
      kind: "embedded",
      label: folder,
      async query(text, values) {
        const { rows, affectedRows = 0 } = await client.query<Record<string, unknown>>(text, values);
        return { rows, rowCount: rows.length || affectedRows };
      },
      listen: (channel, onPayload) => client.listen(channel, onPayload),
      async close() {
        await client.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw describe(error, folder);
  }
}

/** The codes of a folder that cannot be made or written. */
const folderFailures = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EEXIST", "ENOTDIR"]);

function describe(error: unknown, folder: string): Error {
  const code = String((error as { code?: unknown }).code);
  if (folderFailures.has(code))
    return new Error(
      `${path.resolve(folder)} cannot be written (${code}). Make room or give this user the folder, or set HEARTH_DATA_DIR.`,
    );
  if (error instanceof Error) return error;
  // What PGlite's file system throws, for one on a full disk, is no Error and says nothing.
  return new Error(
    `The embedded database in ${path.resolve(folder)} could not be opened. See that the disk has room and the folder can be written, or set HEARTH_DATA_DIR.`,
  );
}

/** Drizzle's types ask for the whole of PGlite; of it, it uses what our client has. */
const asPglite = (client: PgliteClient) => client as unknown as PGlite;

async function copyAside(folder: string, backups: string, next: string) {
  await mkdir(backups, { recursive: true });
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const target = path.join(backups, `postgres-${stamp}-before-${next}`);
  await cp(folder, `${target}.partial`, { recursive: true });
  await rename(`${target}.partial`, target);
}
