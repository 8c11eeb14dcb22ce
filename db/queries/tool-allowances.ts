import { and, eq, sql } from "drizzle-orm";
import { newId } from "@/lib/core/ids";
import type { Db } from "../database";
import { toolAllowances } from "../schema/tool-allowances";

type Allowance = { conversationId: string; ownerId: string; toolName: string; input: unknown };

const isFor = ({ conversationId, ownerId, toolName, input }: Allowance) =>
  and(
    eq(toolAllowances.conversationId, conversationId),
    eq(toolAllowances.ownerId, ownerId),
    eq(toolAllowances.toolName, toolName),
    sql`${toolAllowances.input} = ${JSON.stringify(input)}::text::jsonb`,
  );

/** Whether the owner always allows this very call in the conversation. */
export async function hasAllowance(db: Db, allowance: Allowance): Promise<boolean> {
  const found = await db.select({ id: toolAllowances.id }).from(toolAllowances).where(isFor(allowance)).limit(1);
  return found.length > 0;
}

/** Keeps that a call needs no asking any more in its conversation. */
export async function saveAllowance(db: Db, allowance: Allowance): Promise<void> {
  await db.insert(toolAllowances).values({ ...allowance, id: newId() });
}

/** Takes an allowance back. @returns whether there was one */
export async function deleteAllowance(db: Db, allowance: Allowance): Promise<boolean> {
  const deleted = await db.delete(toolAllowances).where(isFor(allowance)).returning({ id: toolAllowances.id });
  return deleted.length > 0;
}
