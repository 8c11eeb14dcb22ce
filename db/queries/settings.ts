import { eq, sql } from "drizzle-orm";
import type { Db } from "../database";
import { settings } from "../schema/gateway";

/** A stored value, or null. The caller parses it. */
export async function findSetting(db: Db, key: string): Promise<unknown> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return row?.value ?? null;
}

/** Stores a value, replacing the one before. */
export async function saveSetting(db: Db, key: string, value: unknown): Promise<void> {
  await db
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: sql`now()` } });
}

/** Stores a value unless there is one, and gives the one that stands: replicas that start together agree. */
export async function saveSettingOnce(db: Db, key: string, value: unknown): Promise<unknown> {
  await db.insert(settings).values({ key, value }).onConflictDoNothing();
  return findSetting(db, key);
}
