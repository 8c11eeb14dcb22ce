import { and, eq, lt, or, sql } from "drizzle-orm";
import type { Db } from "../database";
import { leases } from "../schema/alerts";

/**
 * Takes a lease, or makes one's own last longer. By the database's clock, so that processes need not agree on the time.
 * @returns false while another holds it
 */
export async function takeLease(db: Db, { name, holder, forS }: { name: string; holder: string; forS: number }): Promise<boolean> {
  const expiresAt = sql`now() + make_interval(secs => ${forS})`;
  const taken = await db
    .insert(leases)
    .values({ name, holder, expiresAt })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder, expiresAt },
      setWhere: or(eq(leases.holder, holder), lt(leases.expiresAt, sql`now()`)),
    })
    .returning({ holder: leases.holder });
  return taken.length > 0;
}

/** Gives a lease up, so that another process need not wait for its end. */
export async function giveUpLease(db: Db, { name, holder }: { name: string; holder: string }): Promise<void> {
  await db.delete(leases).where(and(eq(leases.name, name), eq(leases.holder, holder)));
}
