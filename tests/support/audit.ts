import { desc } from "drizzle-orm";
import { db } from "@/db/database";
import type { AuditRow } from "@/db/queries/audit-events";
import { auditEvents } from "@/db/schema/audit";

/** Every event, the newest first, or those of one action. */
export async function auditEventsOf(action?: string): Promise<AuditRow[]> {
  const rows = await db().select().from(auditEvents).orderBy(desc(auditEvents.at), desc(auditEvents.id));
  return action === undefined ? rows : rows.filter((row) => row.action === action);
}
