import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as onPglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as onServer } from "drizzle-orm/postgres-js";
import { migrate as migrateServer } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/db/database";
import { openEmbedded } from "@/db/open-embedded";
import { openServer } from "@/db/open-server";
import { databaseKinds } from "@/tests/support/database";
import { emptyServerDatabase } from "@/tests/support/test-server-database";

type Rows = Record<string, unknown>[];
type Query = (text: string) => Promise<Rows>;

const journalFile = path.join("meta", "_journal.json");
const migrations = path.resolve("db/migrations");

let work: string;
let secondTag: string;
let migrationCount: number;
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), "hearth-upgrade-"));
  const { entries } = JSON.parse(await readFile(path.join(migrations, journalFile), "utf8"));
  migrationCount = entries.length;
  secondTag = entries[1].tag;
});
afterEach(() => rm(work, { recursive: true, force: true }));

/** A migrations folder as it was when there was only the first. */
async function firstMigrationOnly(): Promise<{ migrationsFolder: string }> {
  const folder = path.join(work, "migrations");
  await mkdir(path.join(folder, "meta"), { recursive: true });
  const journal = JSON.parse(await readFile(path.join(migrations, journalFile), "utf8"));
  const [first] = journal.entries;
  await cp(path.join(migrations, `${first.tag}.sql`), path.join(folder, `${first.tag}.sql`));
  await writeFile(path.join(folder, journalFile), JSON.stringify({ ...journal, entries: [first] }));
  return { migrationsFolder: folder };
}

/** A database that the first version of Hearth left behind, with something in it. */
async function anOldDatabase(kind: "embedded" | "server") {
  const old = await firstMigrationOnly();
  const fill = (query: Query) => query(`insert into settings (key, value) values ('kept', '{"since":"the first version"}')`);
  if (kind === "embedded") {
    const dataDir = path.join(work, "data");
    await mkdir(dataDir);
    const client = await PGlite.create({ dataDir: path.join(dataDir, "postgres") });
    await migratePglite(onPglite({ client }), old);
    await fill(async (text) => (await client.query<Record<string, unknown>>(text)).rows);
    await client.close();
    return { open: () => openEmbedded(dataDir), dataDir, drop: async () => {} };
  }
  const { url, drop } = await emptyServerDatabase();
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await migrateServer(onServer({ client }), old);
  await fill((text) => client.unsafe(text));
  await client.end();
  return { open: () => openServer(url), dataDir: "", drop };
}

const rowsOf = async (database: Database, text: string): Promise<Rows> => {
  const found = (await database.db.execute(text)) as unknown as Rows | { rows: Rows };
  return [...("rows" in found ? (found.rows as Rows) : found)];
};
const kept = "select value->>'since' as since from settings where key = 'kept'";
const applied = "select count(*)::int as count from drizzle.__drizzle_migrations";

describe.each(databaseKinds)("an older database (%s)", (kind) => {
  test("gets the newest schema and keeps its rows; opening it again changes nothing", async () => {
    const { open, drop } = await anOldDatabase(kind);
    for (const _time of ["first", "second"]) {
      const database = await open();
      expect(await rowsOf(database, kept)).toEqual([{ since: "the first version" }]);
      expect(await rowsOf(database, applied)).toEqual([{ count: migrationCount }]);
      expect(await rowsOf(database, "select count(*)::int as count from api_keys")).toEqual([{ count: 0 }]);
      await database.close();
    }
    await drop();
  });

  test("that a newer Hearth has written is refused in one line and left alone", async () => {
    const { open, drop } = await anOldDatabase(kind);
    const first = await open();
    await first.db.execute("insert into drizzle.__drizzle_migrations (hash, created_at) values ('future', 99999999999999)");
    await first.close();
    await expect(open()).rejects.toThrow(/^This database was written by a newer Hearth\. [^\n]+$/);
    await expect(open()).rejects.toThrow(/newer Hearth/);
    await drop();
  });
});

test("an embedded database is copied aside before it is changed: the copy opens, is still the old one, and holds the same rows", async () => {
  const { open, dataDir } = await anOldDatabase("embedded");
  await (await open()).close();
  const copies = await readdir(path.join(dataDir, "backups"));
  expect(copies).toEqual([expect.stringMatching(new RegExp(`^postgres-.*-before-${secondTag}$`))]);
  const copy = await PGlite.create({ dataDir: path.join(dataDir, "backups", copies[0] ?? "") });
  expect((await copy.query(kept)).rows).toEqual([{ since: "the first version" }]);
  expect((await copy.query(applied)).rows).toEqual([{ count: 1 }]);
  await copy.close();
  await (await open()).close();
  expect(await readdir(path.join(dataDir, "backups"))).toHaveLength(1);
});
