import type { Db } from "../database";
import { calls } from "../schema/gateway";

/** Stores what calls to models took. */
export async function insertCalls(db: Db, rows: (typeof calls.$inferInsert)[]): Promise<void> {
  await db.insert(calls).values(rows);
}
