import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, setDatabase } from "@/db/database";
import { openEmbedded } from "@/db/open-embedded";
import { openServer } from "@/db/open-server";
import { forgetRows } from "@/db/remember";
import { atEnd } from "./at-end";

type Kind = "embedded" | "server";

/** Real databases to test on: always the embedded one, and a server when the test command started one. */
export const databaseKinds: Kind[] = process.env.TEST_DATABASE_URL ? ["embedded", "server"] : ["embedded"];

/** Migrated databases that no test uses right now. They are closed, and removed, at the end of the test file. */
const idle: Record<Kind, Database[]> = { embedded: [], server: [] };

/**
 * A migrated, empty database, made this process's own. `close` gives it back: it is emptied and serves the next test,
 * which takes a fiftieth of the time that a new one does. A test that changes the schema changes it back.
 */
export async function freshDatabase(kind: Kind = "embedded"): Promise<Database> {
  const opened = idle[kind].pop() ?? (await (kind === "embedded" ? openedEmbedded() : openedServer(process.env.TEST_DATABASE_URL ?? "")));
  const closers: (() => Promise<void>)[] = [];
  let isBack = false;
  const lent: Database = {
    ...opened,
    async listen(channel, onPayload) {
      const close = await opened.listen(channel, onPayload);
      closers.push(close);
      return close;
    },
    async close() {
      if (isBack) return;
      isBack = true;
      for (const close of closers) await close();
      await empty(opened);
      forgetRows();
      idle[kind].push(opened);
    },
  };
  setDatabase(lent);
  return lent;
}

/** Deletes every row. Truncating makes new files for all tables and indexes, which takes twenty times as long. */
async function empty({ query }: Database): Promise<void> {
  const { rows } = await query("select quote_ident(tablename) as name from pg_tables where schemaname = 'public'", []);
  const deletions = rows.map(({ name }) => `delete from ${name};`).join(" ");
  // As a replica it runs no triggers, so that foreign keys ask for no order.
  await query(`do $$ begin set local session_replication_role = replica; ${deletions} end $$`, []);
}

async function openedEmbedded(): Promise<Database> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "hearth-test-"));
  const template = process.env.TEST_DATABASE_TEMPLATE;
  if (template) cpSync(template, dataDir, { recursive: true });
  const opened = await openEmbedded(dataDir);
  atEnd(async () => {
    await opened.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return opened;
}

async function openedServer(adminUrl: string): Promise<Database> {
  const { default: postgres } = await import("postgres");
  const name = `hearth_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const opened = await openServer(url.href);
  atEnd(async () => {
    await opened.close();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return opened;
}
