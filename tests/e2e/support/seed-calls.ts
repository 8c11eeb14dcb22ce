import { openEmbedded } from "../../../db/open-embedded";
import type { calls } from "../../../db/schema/gateway";
import { insertCalls } from "../../../db/queries/calls";
import type { Hearth } from "../../support/hearth";

type Rows = Parameters<typeof insertCalls>[1];

/** Stores calls in a Hearth's database, as if they had been made; it is down meanwhile. They are added up when it is up again. */
export async function seedCalls(hearth: Hearth, make: (ownerIdOf: (email: string) => string) => (typeof calls.$inferInsert)[]): Promise<void> {
  await hearth.kill("SIGTERM");
  const database = await openEmbedded(hearth.dataDir);
  const { rows } = await database.query("select id, email from users", []);
  const ids = new Map(rows.map(({ id, email }) => [String(email), String(id)]));
  await insertCalls(database.db, make((email) => ids.get(email) ?? "") as Rows);
  await database.close();
  await hearth.restart();
}
