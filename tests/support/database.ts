import { rmSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, setDatabase } from "@/db/database";
import { openEmbedded } from "@/db/open-embedded";
import { openServer } from "@/db/open-server";

/** Real databases to test on: always the embedded one, and a server when the test command started one. */
export const databaseKinds: ("embedded" | "server")[] = process.env.TEST_DATABASE_URL ? ["embedded", "server"] : ["embedded"];

/** Opens a fresh, migrated database as this process's own. `close` also removes it. */
export async function freshDatabase(kind: "embedded" | "server" = "embedded"): Promise<Database> {
  const opened = kind === "embedded" ? await freshEmbedded() : await freshServer(process.env.TEST_DATABASE_URL ?? "");
  setDatabase(opened);
  return opened;
}

async function freshEmbedded(): Promise<Database> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "hearth-test-"));
  await cp(await template(), dataDir, { recursive: true });
  const opened = await openEmbedded(dataDir);
  const close = async () => {
    await opened.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...opened, close };
}

let making: Promise<string> | undefined;

/** A migrated, empty data folder to copy: making a database from nothing takes seconds, copying one does not. */
function template(): Promise<string> {
  making ??= makeTemplate();
  return making;
}

async function makeTemplate(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "hearth-template-"));
  await (await openEmbedded(folder)).close();
  await rm(path.join(folder, "hearth.lock"), { force: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function freshServer(adminUrl: string): Promise<Database> {
  const { default: postgres } = await import("postgres");
  const name = `hearth_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const opened = await openServer(url.href);
  const close = async () => {
    await opened.close();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { ...opened, close };
}
