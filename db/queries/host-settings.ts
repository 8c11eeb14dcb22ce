import { eq, sql } from "drizzle-orm";
import type { Db } from "../database";
import { hostSettings } from "../schema/gateway";

export type HostSettings = typeof hostSettings.$inferSelect;

/** What admins set for hosts. Hosts belong to the installation, not to a user. */
export function listHostSettings(db: Db): Promise<HostSettings[]> {
  return db.select().from(hostSettings);
}

/** Stores what an admin set for a host, in place of what was set before. */
export async function saveHostSettings(db: Db, hostId: string, change: Pick<HostSettings, "maxParallel">): Promise<void> {
  await db
    .insert(hostSettings)
    .values({ hostId, ...change })
    .onConflictDoUpdate({ target: hostSettings.hostId, set: { ...change, updatedAt: sql`now()` } });
}

/** Forgets what was set for a host that is gone. */
export async function deleteHostSettings(db: Db, hostId: string): Promise<void> {
  await db.delete(hostSettings).where(eq(hostSettings.hostId, hostId));
}
