import { asc, eq, inArray } from "drizzle-orm";
import { ConflictError, NotFoundError } from "@/lib/core/errors";
import type { Db } from "../database";
import { groupMembers, groups, users } from "../schema/accounts";
import type { Role } from "./users";

export type GroupRow = typeof groups.$inferSelect;
export type GroupWithMembers = GroupRow & { members: string[] };

/** Every group with its members' ids, by name. Groups belong to the installation, not to a user. */
export async function listGroups(db: Db): Promise<GroupWithMembers[]> {
  const [rows, members] = await Promise.all([
    db.select().from(groups).orderBy(asc(groups.name)),
    db.select().from(groupMembers).orderBy(asc(groupMembers.userId)),
  ]);
  return rows.map((row) => ({ ...row, members: members.filter(({ groupId }) => groupId === row.id).map(({ userId }) => userId) }));
}

/** What of an account the limits and permissions depend on, or null when there is none of that id. */
export async function findMembership(db: Db, userId: string): Promise<{ role: Role; groupIds: string[] } | null> {
  const rows = await db
    .select({ role: users.role, groupId: groupMembers.groupId })
    .from(users)
    .leftJoin(groupMembers, eq(groupMembers.userId, users.id))
    .where(eq(users.id, userId));
  const [first] = rows;
  return first ? { role: first.role, groupIds: rows.flatMap(({ groupId }) => groupId ?? []) } : null;
}

/** Stores a new group. @throws ConflictError when the name is taken · NotFoundError for a member who has no account */
export async function insertGroup(db: Db, { members, ...group }: Omit<GroupWithMembers, "createdAt">): Promise<GroupWithMembers> {
  return db.transaction(async (tx) => {
    const [row] = await tx.insert(groups).values(group).onConflictDoNothing({ target: groups.name }).returning();
    if (!row) throw nameTaken(group.name);
    return { ...row, members: await saveMembers(tx, group.id, members) };
  });
}

/** Changes a group's name or who is in it. @throws NotFoundError · ConflictError when the name is taken */
export async function updateGroup(db: Db, id: string, change: { name?: string; members?: string[] }): Promise<GroupWithMembers> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(groups).where(eq(groups.id, id)).for("update");
    if (!row) throw new NotFoundError("group", id);
    const { name = row.name, members } = change;
    const [other] = await tx.select({ id: groups.id }).from(groups).where(eq(groups.name, name));
    if (other && other.id !== id) throw nameTaken(name);
    await tx.update(groups).set({ name }).where(eq(groups.id, id));
    if (members) {
      await tx.delete(groupMembers).where(eq(groupMembers.groupId, id));
      return { ...row, name, members: await saveMembers(tx, id, members) };
    }
    const kept = await tx.select().from(groupMembers).where(eq(groupMembers.groupId, id));
    return { ...row, name, members: kept.map(({ userId }) => userId) };
  });
}

/** Removes a group; its members stay. @throws NotFoundError */
export async function deleteGroup(db: Db, id: string): Promise<{ name: string }> {
  const [removed] = await db.delete(groups).where(eq(groups.id, id)).returning({ name: groups.name });
  if (!removed) throw new NotFoundError("group", id);
  return removed;
}

const nameTaken = (name: string) => new ConflictError(`There is a group named ${name} already. Choose another name.`);

async function saveMembers(tx: Db, groupId: string, members: string[]): Promise<string[]> {
  const wanted = [...new Set(members)];
  if (wanted.length === 0) return [];
  const known = await tx.select({ id: users.id }).from(users).where(inArray(users.id, wanted));
  const missing = wanted.find((id) => !known.some((user) => user.id === id));
  if (missing) throw new NotFoundError("account", missing);
  await tx.insert(groupMembers).values(wanted.map((userId) => ({ groupId, userId })));
  return wanted;
}
