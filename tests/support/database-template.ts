import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openEmbedded } from "@/db/open-embedded";

/** Before all integration tests: a migrated, empty data folder to copy, because making a database from nothing takes seconds. */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "hearth-template-"));
  await (await openEmbedded(folder)).close();
  await rm(path.join(folder, "hearth.lock"), { force: true });
  process.env.TEST_DATABASE_TEMPLATE = folder;
  return () => rm(folder, { recursive: true, force: true });
}
