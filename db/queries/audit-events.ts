import { and, desc, eq, gte, inArray, isNotNull, isNull, like, lt, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "../database";
import { auditEvents } from "../schema/audit";

export type AuditRow = typeof auditEvents.$inferSelect;
/** Which events to list. `action` is one of them, or a kind: all before the dot. */
export type AuditScope = {
  from?: Date;
  to?: Date;
  actor?: string;
  action?: string;
  target?: string;
  text?: string;
  outcome?: AuditRow["outcome"];
};

const actorsListed = 500;
const deletedAtOnce = 1_000;

/** Adds an event. Nothing changes one afterwards: the table's trigger refuses it. */
export async function insertAuditEvent(db: Db, event: AuditRow): Promise<void> {
  await db.insert(auditEvents).values(event);
}

/** Events, the newest first, after the given one. Those of everybody: for admins. */
export function listAuditEvents(db: Db, scope: AuditScope, { after, limit }: { after: { at: string; id: string } | null; limit: number }) {
  const { at, id } = auditEvents;
  return db
    .select()
    .from(auditEvents)
    .where(and(...conditions(scope), after === null ? undefined : sql`(${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)`))
    .orderBy(desc(at), desc(id))
    .limit(limit);
}

function conditions({ from, to, actor, action, target, text, outcome }: AuditScope): (SQL | undefined)[] {
  return [
    from && gte(auditEvents.at, from),
    to && lt(auditEvents.at, to),
    actor ? eq(auditEvents.actorId, actor) : undefined,
    action ? (action.includes(".") ? eq(auditEvents.action, action) : like(auditEvents.action, `${action}.%`)) : undefined,
    target ? or(eq(auditEvents.targetId, storable(target)), contains(sql`coalesce(${auditEvents.targetName}, '')`, target)) : undefined,
    text ? contains(everything, text) : undefined,
    outcome && eq(auditEvents.outcome, outcome),
  ];
}

const everything = sql.raw(
  "concat_ws(' ', actor_name, address, request_id, action, target_kind, target_id, target_name, before::text, after::text)",
);

/** No stored text has the one character that Postgres cannot store. */
const storable = (text: string) => text.replaceAll("\u0000", "");

/** Whether a text holds another one, signs that `like` knows included. */
const contains = (whole: SQL, part: string) => sql`position(lower(${storable(part)}) in lower(${whole})) > 0`;

/** Everybody who did something, by the name of their latest event. */
export async function listAuditActors(db: Db): Promise<{ id: string; name: string }[]> {
  const { actorId, actorName, at } = auditEvents;
  const rows = await db
    .selectDistinctOn([actorId], { id: actorId, name: actorName })
    .from(auditEvents)
    .where(isNotNull(actorId))
    .orderBy(actorId, desc(at))
    .limit(actorsListed);
  return rows.map(({ id, name }) => ({ id: id ?? "", name })).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Removes some events from before a moment, for the time they are kept for. @returns how many; there may be more until it is none */
export function deleteAuditEvents(db: Db, before: Date): Promise<number> {
  return db.transaction(async (tx) => {
    // The table's trigger refuses every deletion but of what is older than this.
    await tx.execute(sql`select set_config('hearth.audit_trim_before', ${before.toISOString()}, true)`);
    const old = tx.select({ id: auditEvents.id }).from(auditEvents).where(lt(auditEvents.at, before)).limit(deletedAtOnce);
    return (await tx.delete(auditEvents).where(inArray(auditEvents.id, old)).returning({ id: auditEvents.id })).length;
  });
}

/** Whether somebody has done this since a moment, to a target or, where that is null, to all of its kind. */
export async function hasDoneSince(
  db: Db,
  { actorId, action, targetId, since }: { actorId: string; action: string; targetId: string | null; since: Date },
): Promise<boolean> {
  const [found] = await db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.actorId, actorId),
        gte(auditEvents.at, since),
        eq(auditEvents.action, action),
        targetId === null ? isNull(auditEvents.targetId) : eq(auditEvents.targetId, targetId),
      ),
    )
    .limit(1);
  return found !== undefined;
}
