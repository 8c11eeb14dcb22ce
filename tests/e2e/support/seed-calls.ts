import { openEmbedded } from "../../../db/open-embedded";
import { calls } from "../../../db/schema/gateway";
import type { Hearth } from "../../support/hearth";

type Rows = (typeof calls.$inferInsert)[];

/** Stores calls in a Hearth's database, as if they had been made; it is down meanwhile. They are added up when it is up again. */
export async function seedCalls(hearth: Hearth, make: (ownerIdOf: (email: string) => string) => Rows): Promise<void> {
  await hearth.kill("SIGTERM");
  const database = await openEmbedded(hearth.dataDir);
  const { rows } = await database.query("select id, email from users", []);
  const ids = new Map(rows.map(({ id, email }) => [String(email), String(id)]));
  await database.db.insert(calls).values(make((email) => ids.get(email) ?? ""));
  await database.close();
  await hearth.restart();
}
