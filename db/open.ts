import { env } from "@/lib/core/env";
import { type Database, setDatabase } from "./database";

/** Opens the database the environment names, migrates it, and makes it this process's. */
export async function openDatabase(): Promise<Database> {
  const { DATABASE_URL, HEARTH_DATA_DIR } = env();
  const opened = DATABASE_URL
    ? await (await import("./open-server")).openServer(DATABASE_URL)
    : await (await import("./open-embedded")).openEmbedded(HEARTH_DATA_DIR);
  setDatabase(opened);
  return opened;
}
