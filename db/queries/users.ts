import { and, asc, eq, sql } from "drizzle-orm";
import { ConflictError, NotFoundError } from "@/lib/core/errors";
import type { Db } from "../database";
import { forgetRows } from "../remember";
import { users } from "../schema/accounts";

type UserRow = typeof users.$inferSelect;
export type Role = UserRow["role"];

/** An account without its password hash. */
export type Account = Omit<UserRow, "passwordHash">;

const account = { id: users.id, email: users.email, name: users.name, role: users.role, createdAt: users.createdAt };

/** Any number that only the making of accounts uses as its advisory lock. */
const accountsLock = 4_711_200_302;

/** Whether anybody has an account yet. */
export async function hasUsers(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: users.id }).from(users).limit(1);
  return row !== undefined;
}

/** One account. @throws NotFoundError */
export async function getUser(db: Db, id: string): Promise<Account> {
  const [row] = await db.select(account).from(users).where(eq(users.id, id));
  if (!row) throw new NotFoundError("account", id);
  return row;
}

/** The account of an address in lower case, with its password hash, or null. */
export async function findUserByEmail(db: Db, email: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email));
  return row ?? null;
}

/** Everybody, oldest first. */
export async function listUsers(db: Db): Promise<Account[]> {
  return db.select(account).from(users).orderBy(asc(users.createdAt), asc(users.id));
}

/**
 * Stores an account whose role depends on whether it is the first.
 * Registrations take turns, so that two first ones at once make one admin.
 * @throws ConflictError when the address has an account
 */
export async function saveUser(db: Db, user: Omit<UserRow, "role" | "createdAt">, roleFor: (isFirst: boolean) => Role): Promise<Account> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(accountsLock))})`);
    const role = roleFor(!(await hasUsers(tx)));
    const [row] = await tx
      .insert(users)
      .values({ ...user, role })
      .onConflictDoNothing()
      .returning(account);
    if (!row) throw new ConflictError("There is an account with this address. Sign in, or use another address.");
    return row;
  });
}

/** Changes the account's name. @throws NotFoundError */
export async function saveUserName(db: Db, by: { id: string; name: string }): Promise<Account> {
  const [row] = await db.update(users).set({ name: by.name }).where(eq(users.id, by.id)).returning(account);
  forgetRows();
  if (!row) throw new NotFoundError("account", by.id);
  return row;
}

/** Changes the account's password hash. */
export async function savePasswordHash(db: Db, by: { id: string; passwordHash: string }): Promise<void> {
  await db.update(users).set({ passwordHash: by.passwordHash }).where(eq(users.id, by.id));
}

/** Lets a pending account in. @throws NotFoundError when nobody of that id waits */
export async function approveUser(db: Db, id: string): Promise<Account> {
  const [row] = await db
    .update(users)
    .set({ role: "user" })
    .where(and(eq(users.id, id), eq(users.role, "pending")))
    .returning(account);
  forgetRows();
  if (!row) throw new NotFoundError("pending account", id);
  return row;
}

/** Removes an account that was never approved. @throws NotFoundError when nobody of that id waits */
export async function deletePendingUser(db: Db, id: string): Promise<Account> {
  const [row] = await db
    .delete(users)
    .where(and(eq(users.id, id), eq(users.role, "pending")))
    .returning(account);
  forgetRows();
  if (!row) throw new NotFoundError("pending account", id);
  return row;
}
