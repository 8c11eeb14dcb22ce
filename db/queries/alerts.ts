import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, or, sql } from "drizzle-orm";
import { ConflictError, NotFoundError } from "@/lib/core/errors";
import type { Db } from "../database";
import { alertRules, alertSilences, alerts } from "../schema/alerts";

export type AlertRuleRow = typeof alertRules.$inferSelect;
export type AlertRow = typeof alerts.$inferSelect;
export type AlertSilenceRow = typeof alertSilences.$inferSelect;

/** Every rule, oldest first. Rules and alerts belong to the installation, not to a user: for admins. */
export function listAlertRules(db: Db): Promise<AlertRuleRow[]> {
  return db.select().from(alertRules).orderBy(asc(alertRules.createdAt), asc(alertRules.id));
}

/** Adds the shipped rules that are not there; those that are stay as admins made them. */
export async function insertShippedRules(db: Db, rules: Omit<AlertRuleRow, "createdAt">[]): Promise<void> {
  await db.insert(alertRules).values(rules).onConflictDoNothing({ target: alertRules.shipped });
}

/** Adds a rule. */
export async function insertAlertRule(db: Db, rule: Omit<AlertRuleRow, "createdAt">): Promise<void> {
  await db.insert(alertRules).values(rule);
}

/** Changes a rule. @returns it as it was @throws NotFoundError */
export async function updateAlertRule(db: Db, id: string, change: Partial<Omit<AlertRuleRow, "id" | "shipped">>): Promise<AlertRuleRow> {
  const [before] = await db.select().from(alertRules).where(eq(alertRules.id, id)).for("update");
  if (!before) throw new NotFoundError("alert rule", id);
  await db.update(alertRules).set(change).where(eq(alertRules.id, id));
  return before;
}

/** Removes a rule. @throws NotFoundError · ConflictError for one that ships with Hearth */
export async function deleteAlertRule(db: Db, id: string): Promise<AlertRuleRow> {
  const [removed] = await db
    .delete(alertRules)
    .where(and(eq(alertRules.id, id), isNull(alertRules.shipped)))
    .returning();
  if (removed) return removed;
  const [shipped] = await db.select().from(alertRules).where(eq(alertRules.id, id));
  if (shipped) throw new ConflictError("This rule ships with Hearth. Switch it off instead.");
  throw new NotFoundError("alert rule", id);
}

/** Alerts that are pending or firing, the newest first. */
export function listActiveAlerts(db: Db): Promise<AlertRow[]> {
  return db.select().from(alerts).where(ne(alerts.state, "resolved")).orderBy(desc(alerts.startedAt), desc(alerts.id));
}

/** Alerts that are over, the newest first, after the given one. */
export function listResolvedAlerts(
  db: Db,
  { after, limit }: { after: { at: string; id: string } | null; limit: number },
): Promise<AlertRow[]> {
  const older = after === null ? undefined : sql`(${alerts.startedAt}, ${alerts.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  return db
    .select()
    .from(alerts)
    .where(and(eq(alerts.state, "resolved"), older))
    .orderBy(desc(alerts.startedAt), desc(alerts.id))
    .limit(limit);
}

/** Begins an alert, unless its rule and subject have one already. */
export async function insertAlert(db: Db, alert: AlertRow): Promise<boolean> {
  return (await db.insert(alerts).values(alert).onConflictDoNothing().returning({ id: alerts.id })).length > 0;
}

/** Changes an alert that is not over. @returns whether it was not */
export async function updateAlert(db: Db, id: string, change: Partial<Omit<AlertRow, "id">>): Promise<boolean> {
  const changed = await db
    .update(alerts)
    .set(change)
    .where(and(eq(alerts.id, id), ne(alerts.state, "resolved")))
    .returning({ id: alerts.id });
  return changed.length > 0;
}

/** Forgets an alert that never fired. */
export async function deletePendingAlert(db: Db, id: string): Promise<void> {
  await db.delete(alerts).where(and(eq(alerts.id, id), eq(alerts.state, "pending")));
}

/** Ends what a rule that is changed or gone has raised, without a word to anybody. */
export async function endAlertsOf(db: Db, ruleId: string, now: Date): Promise<void> {
  await db.delete(alerts).where(and(eq(alerts.ruleId, ruleId), eq(alerts.state, "pending")));
  await db
    .update(alerts)
    .set({ state: "resolved", resolvedAt: now })
    .where(and(eq(alerts.ruleId, ruleId), eq(alerts.state, "firing")));
}

/** Notes who has seen a firing alert. @throws NotFoundError when none of that id fires */
export async function acknowledgeAlertRow(db: Db, id: string, by: { name: string; now: Date }): Promise<AlertRow> {
  const [row] = await db
    .update(alerts)
    .set({ acknowledgedAt: by.now, acknowledgedBy: by.name })
    .where(and(eq(alerts.id, id), eq(alerts.state, "firing")))
    .returning();
  if (!row) throw new NotFoundError("firing alert", id);
  return row;
}

/** Silences that hold, the first to end first. */
export function listSilences(db: Db, now: Date): Promise<AlertSilenceRow[]> {
  return db.select().from(alertSilences).where(gt(alertSilences.until, now)).orderBy(asc(alertSilences.until));
}

/** Adds a silence. @throws NotFoundError when there is no such rule */
export async function insertSilence(db: Db, silence: Omit<AlertSilenceRow, "createdAt">): Promise<string | null> {
  const { ruleId } = silence;
  const [rule] = ruleId ? await db.select().from(alertRules).where(eq(alertRules.id, ruleId)) : [];
  if (ruleId && !rule) throw new NotFoundError("alert rule", ruleId);
  await db.insert(alertSilences).values(silence);
  return rule?.name ?? null;
}

/** Ends a silence. @throws NotFoundError */
export async function deleteSilence(db: Db, id: string): Promise<AlertSilenceRow> {
  const [removed] = await db.delete(alertSilences).where(eq(alertSilences.id, id)).returning();
  if (!removed) throw new NotFoundError("silence", id);
  return removed;
}

/** Removes alerts that were over before a moment, with what was sent of them, and silences that ended before it. */
export async function deleteOldAlerts(db: Db, before: Date): Promise<void> {
  const old = and(eq(alerts.state, "resolved"), or(isNull(alerts.resolvedAt), lt(alerts.resolvedAt, before)));
  await db.delete(alerts).where(inArray(alerts.id, db.select({ id: alerts.id }).from(alerts).where(old).limit(1_000)));
  await db.delete(alertSilences).where(lt(alertSilences.until, before));
}
