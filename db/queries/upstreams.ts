import { asc, eq } from "drizzle-orm";
import { NotFoundError } from "@/lib/core/errors";
import type { Db } from "../database";
import { upstreams } from "../schema/gateway";

export type UpstreamRow = typeof upstreams.$inferSelect;

/** Every model host that admins added, oldest first. Hosts belong to the installation, not to a user. */
export function listUpstreamRows(db: Db): Promise<UpstreamRow[]> {
  return db.select().from(upstreams).orderBy(asc(upstreams.createdAt), asc(upstreams.id));
}

/** One host that admins added. @throws NotFoundError */
export async function getUpstreamRow(db: Db, id: string): Promise<UpstreamRow> {
  const [row] = await db.select().from(upstreams).where(eq(upstreams.id, id));
  if (!row) throw new NotFoundError("model host", id);
  return row;
}

/** Stores a new host. Null when there is one of that name. */
export async function insertUpstreamRow(db: Db, row: typeof upstreams.$inferInsert): Promise<UpstreamRow | null> {
  const [stored] = await db.insert(upstreams).values(row).onConflictDoNothing({ target: upstreams.name }).returning();
  return stored ?? null;
}

/** Changes a host. @throws NotFoundError */
export async function updateUpstreamRow(db: Db, id: string, change: Partial<Omit<UpstreamRow, "id" | "createdAt">>): Promise<UpstreamRow> {
  const [stored] = await db.update(upstreams).set(change).where(eq(upstreams.id, id)).returning();
  if (!stored) throw new NotFoundError("model host", id);
  return stored;
}

/** Removes a host; what it answered stays in the calls. @throws NotFoundError */
export async function deleteUpstreamRow(db: Db, id: string): Promise<void> {
  const removed = await db.delete(upstreams).where(eq(upstreams.id, id)).returning({ id: upstreams.id });
  if (removed.length === 0) throw new NotFoundError("model host", id);
}
