import { and, asc, desc, eq, inArray, lte, sql } from "drizzle-orm";
import { NotFoundError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Db } from "../database";
import { alertChannels, alertDeliveries, alerts } from "../schema/alerts";

export type AlertChannelRow = typeof alertChannels.$inferSelect;
export type AlertDeliveryRow = typeof alertDeliveries.$inferSelect;
export type DueDelivery = {
  delivery: AlertDeliveryRow;
  channel: AlertChannelRow;
  alert: typeof alerts.$inferSelect;
};

/** Every channel, oldest first. Channels belong to the installation, not to a user: for admins. */
export function listAlertChannels(db: Db): Promise<AlertChannelRow[]> {
  return db.select().from(alertChannels).orderBy(asc(alertChannels.createdAt), asc(alertChannels.id));
}

/** Adds a channel; false when its name is taken. */
export async function insertAlertChannel(db: Db, channel: Omit<AlertChannelRow, "createdAt">): Promise<boolean> {
  const added = await db.insert(alertChannels).values(channel).onConflictDoNothing().returning({ id: alertChannels.id });
  return added.length > 0;
}

/** Removes a channel with all that was sent to it. @throws NotFoundError */
export async function deleteAlertChannel(db: Db, id: string): Promise<AlertChannelRow> {
  const [removed] = await db.delete(alertChannels).where(eq(alertChannels.id, id)).returning();
  if (!removed) throw new NotFoundError("alert channel", id);
  return removed;
}

/** One channel. @throws NotFoundError */
export async function getAlertChannel(db: Db, id: string): Promise<AlertChannelRow> {
  const [row] = await db.select().from(alertChannels).where(eq(alertChannels.id, id));
  if (!row) throw new NotFoundError("alert channel", id);
  return row;
}

/** Has an alert's beginning or end sent to every channel in use, each once. */
export async function enqueueDeliveries(db: Db, { alertId, event, now }: { alertId: string; event: "firing" | "resolved"; now: Date }) {
  const channels = await db.select({ id: alertChannels.id }).from(alertChannels).where(eq(alertChannels.enabled, true));
  if (channels.length === 0) return;
  const rows = channels.map(({ id }) => ({ id: newId(), alertId, channelId: id, event, nextAt: now }));
  await db.insert(alertDeliveries).values(rows).onConflictDoNothing();
}

/**
 * Takes what is due to be sent, the oldest first, and counts the attempt. Until `again` nobody else takes it; a process that
 * dies meanwhile leaves it to be taken then.
 */
export function takeDueDeliveries(db: Db, { now, again, limit }: { now: Date; again: Date; limit: number }): Promise<DueDelivery[]> {
  return db.transaction(async (tx) => {
    const isDue = and(eq(alertDeliveries.state, "waiting"), lte(alertDeliveries.nextAt, now));
    const due = tx.select({ id: alertDeliveries.id }).from(alertDeliveries).where(isDue).orderBy(asc(alertDeliveries.nextAt)).limit(limit);
    const taken = await tx
      .update(alertDeliveries)
      .set({ attempts: sql`${alertDeliveries.attempts} + 1`, nextAt: again })
      .where(and(isDue, inArray(alertDeliveries.id, due.for("update", { skipLocked: true }))))
      .returning({ id: alertDeliveries.id });
    if (taken.length === 0) return [];
    return tx
      .select({ delivery: alertDeliveries, channel: alertChannels, alert: alerts })
      .from(alertDeliveries)
      .innerJoin(alertChannels, eq(alertChannels.id, alertDeliveries.channelId))
      .innerJoin(alerts, eq(alerts.id, alertDeliveries.alertId))
      .where(
        inArray(
          alertDeliveries.id,
          taken.map(({ id }) => id),
        ),
      )
      .orderBy(asc(alertDeliveries.createdAt), asc(alertDeliveries.id));
  });
}

/** Notes what came of an attempt. */
export async function noteDelivery(db: Db, id: string, change: Partial<Pick<AlertDeliveryRow, "state" | "nextAt" | "error" | "endedAt">>) {
  await db.update(alertDeliveries).set(change).where(eq(alertDeliveries.id, id));
}

/** What was last sent, or tried, by channel. */
export function listLastDeliveries(db: Db): Promise<AlertDeliveryRow[]> {
  return db
    .selectDistinctOn([alertDeliveries.channelId])
    .from(alertDeliveries)
    .orderBy(alertDeliveries.channelId, desc(alertDeliveries.createdAt), desc(alertDeliveries.id));
}
