import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmbedded } from "@/db/open-embedded";
import { saveSetting } from "@/db/queries/settings";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "hearth-open-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("a new data folder gets the whole schema and no backup", async () => {
  const opened = await openEmbedded(dataDir);
  await saveSetting(opened.db, "a", 1);
  await opened.close();
  expect(existsSync(path.join(dataDir, "backups"))).toBe(false);
});

test("what was written is there after opening again, with fsync on and small buffers", async () => {
  const before = await openEmbedded(dataDir);
  await saveSetting(before.db, "a", { kept: true });
  await before.close();
  const after = await openEmbedded(dataDir);
  const { rows } = (await after.db.execute(
    sql`select (select value from settings) as value, current_setting('fsync') as fsync, current_setting('shared_buffers') as buffers`,
  )) as unknown as { rows: unknown[] };
  expect(rows).toEqual([{ value: { kept: true }, fsync: "on", buffers: "16MB" }]);
  await after.close();
});

test("a second opening of the same folder is refused in one line", async () => {
  const first = await openEmbedded(dataDir);
  await expect(openEmbedded(dataDir)).rejects.toThrow(
    /^Another Hearth is already running on .*Stop it first, or set HEARTH_DATA_DIR to another folder\.$/,
  );
  await first.close();
  await (await openEmbedded(dataDir)).close();
});

test("a data folder that cannot be made is refused in one line that names it", async () => {
  const file = path.join(dataDir, "a-file");
  await writeFile(file, "");
  for (const folder of [file, path.join(file, "below")])
    await expect(openEmbedded(folder)).rejects.toThrow(/^\/.*a-file.* cannot be written \((EEXIST|ENOTDIR)\)\. .*HEARTH_DATA_DIR\.$/);
});

test("a lock file that cannot be opened is not taken for another Hearth", async () => {
  await mkdir(path.join(dataDir, "hearth.lock"));
  await expect(openEmbedded(dataDir)).rejects.toThrow(/cannot be written \(.*\)\. .*HEARTH_DATA_DIR\.$/);
});
