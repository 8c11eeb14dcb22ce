import { readFileSync } from "node:fs";
import path from "node:path";

type JournalEntry = { when: number; tag: string };

const folder = () => path.join(process.cwd(), "db", "migrations");

/** Where the generated migrations are, for Drizzle's migrators. */
export const migrationConfig = () => ({ migrationsFolder: folder() });

/**
 * Compares the database's last migration with the journal in `db/migrations/meta`.
 * @param query runs one SQL text and gives its rows
 * @returns the tags that are not applied yet, and whether the database is empty
 * @throws Error of one line when the database was migrated by a newer Hearth
 */
export async function pendingMigrations(query: (text: string) => Promise<unknown[]>): Promise<{ names: string[]; isNew: boolean }> {
  const { entries } = JSON.parse(readFileSync(path.join(folder(), "meta", "_journal.json"), "utf8")) as { entries: JournalEntry[] };
  const [found] = await query("select to_regclass('drizzle.__drizzle_migrations') is not null as present");
  const isNew = !(found as { present: boolean }).present;
  const [row] = isNew ? [] : await query("select coalesce(max(created_at), 0)::text as last from drizzle.__drizzle_migrations");
  const last = Number((row as { last: string } | undefined)?.last ?? 0);
  const newest = entries.at(-1)?.when ?? 0;
  if (last > newest) {
    throw new Error("This database was written by a newer Hearth. Start that version again, or restore a backup made before the upgrade.");
  }
  return { names: entries.filter((entry) => entry.when > last).map((entry) => entry.tag), isNew: isNew || last === 0 };
}
