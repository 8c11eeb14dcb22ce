import { and, count, desc, eq, getTableColumns, gt, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { ConflictError, NotFoundError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Cursor } from "@/lib/http/page";
import type { Db } from "../database";
import { forgetRows, rememberRow } from "../remember";
import { apiKeys, users } from "../schema/accounts";
import { budgets, limits } from "../schema/gateway";

export type KeyRow = typeof apiKeys.$inferSelect;
export type KeyLimits = Pick<typeof limits.$inferSelect, "requestsPerMinute" | "tokensPerMinute" | "parallel">;
export type KeyBudget = Pick<typeof budgets.$inferSelect, "period" | "limitUsd" | "limitTokens" | "hard">;
/** A key with what stands about it in other tables; never its hash. */
export type ListedKey = Omit<KeyRow, "tokenHash" | "ownerId"> & {
  isExpired: boolean;
  owner: { id: string; name: string; email: string };
  limits: KeyLimits | null;
  budgets: KeyBudget[];
};
type NewKey = Omit<KeyRow, "createdAt" | "lastUsedAt" | "revokedAt" | "sharesCache">;
/** A new key's own limits and budget; what is left out has its default. */
type Own = { limits?: Partial<KeyLimits> | null; budget?: (Partial<KeyBudget> & Pick<KeyBudget, "period">) | null };
/** Whose key: an owner's, or anybody's when `ownerId` is null, which is for admins. */
type By = { id: string; ownerId: string | null };

/** Keys that work, of one owner: enough for any use, and a bound on what a program that runs wild can make. */
const maxLiveKeys = 100;
const touchEveryS = 60;

/** Neither revoked nor expired. */
export const isLive = () => and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)));
const isMeant = ({ id, ownerId }: By) => and(eq(apiKeys.id, id), ownerId === null ? undefined : eq(apiKeys.ownerId, ownerId));

/** The key of a hash with its owner's account, in one look-up; null when it is unknown, revoked or expired. */
export async function findLiveKeyByHash(db: Db, tokenHash: string) {
  const row = await rememberRow(db, `key ${tokenHash}`, () => findLiveKey(db, eq(apiKeys.tokenHash, tokenHash)));
  return row?.key.expiresAt && row.key.expiresAt.getTime() <= Date.now() ? null : row;
}

/** The owner's key of an id with their account; null when it is not theirs, revoked or expired. */
export function findLiveKeyById(db: Db, by: { id: string; ownerId: string }) {
  return findLiveKey(db, isMeant(by));
}

async function findLiveKey(db: Db, which: SQL | undefined) {
  const [row] = await db
    .select({ key: apiKeys, owner: { role: users.role, email: users.email, name: users.name } })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.ownerId))
    .where(and(which, isLive()));
  return row ?? null;
}

/** Notes that the key was used now, unless that was noted within the last minute. */
export async function touchKey(db: Db, by: { id: string; ownerId: string }): Promise<void> {
  const isOld = lt(apiKeys.lastUsedAt, sql`now() - make_interval(secs => ${touchEveryS})`);
  await db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(and(isMeant(by), or(isNull(apiKeys.lastUsedAt), isOld)));
  forgetRows();
}

/** Stores a new key with its own limits and budget. @throws ConflictError when the owner has too many keys that work */
export async function saveKey(db: Db, key: NewKey, own: Own): Promise<void> {
  const subject = { subjectKind: "key" as const, subjectId: key.id };
  await db.transaction(async (tx) => {
    const [live] = await tx
      .select({ count: count() })
      .from(apiKeys)
      .where(and(eq(apiKeys.ownerId, key.ownerId), isLive()));
    if ((live?.count ?? 0) >= maxLiveKeys)
      throw new ConflictError(`You have ${maxLiveKeys} keys that work. Revoke one that is not needed first.`);
    await tx.insert(apiKeys).values(key);
    if (own.limits) await tx.insert(limits).values({ id: newId(), ...subject, ...own.limits });
    if (own.budget) await tx.insert(budgets).values({ id: newId(), ...subject, ...own.budget });
  });
}

/** Keys, newest first: one owner's, or everybody's when `ownerId` is null. Gives up to `limit + 1`. */
export async function listKeyRows(db: Db, by: { ownerId: string | null; limit: number; cursor?: Cursor }): Promise<ListedKey[]> {
  const { ownerId, cursor } = by;
  const at = cursor && new Date(cursor.at);
  const older = at && cursor && or(lt(apiKeys.createdAt, at), and(eq(apiKeys.createdAt, at), lt(apiKeys.id, cursor.id)));
  const rows = await listed(db, and(ownerId === null ? undefined : eq(apiKeys.ownerId, ownerId), older), by.limit + 1);
  return withBudgets(db, rows);
}

/** One key as lists have it. @throws NotFoundError also for another owner's */
export async function getKeyRow(db: Db, by: By): Promise<ListedKey> {
  const [row] = await withBudgets(db, await listed(db, isMeant(by), 1));
  if (!row) throw new NotFoundError("key", by.id);
  return row;
}

function listed(db: Db, where: SQL | undefined, limit: number) {
  const { tokenHash: _, ownerId: __, ...columns } = getTableColumns(apiKeys);
  return db
    .select({
      ...columns,
      isExpired: sql<boolean>`coalesce(${apiKeys.expiresAt} <= now(), false)`,
      owner: { id: users.id, name: users.name, email: users.email },
      limits: { requestsPerMinute: limits.requestsPerMinute, tokensPerMinute: limits.tokensPerMinute, parallel: limits.parallel },
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.ownerId))
    .leftJoin(limits, and(eq(limits.subjectKind, "key"), eq(limits.subjectId, sql`${apiKeys.id}::text`)))
    .where(where)
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(limit);
}

async function withBudgets<Row extends { id: string }>(db: Db, rows: Row[]) {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const { period, limitUsd, limitTokens, hard, subjectId: keyId } = budgets;
  const found = await db
    .select({ keyId, budget: { period, limitUsd, limitTokens, hard } })
    .from(budgets)
    .where(and(eq(budgets.subjectKind, "key"), inArray(budgets.subjectId, ids)));
  const budgetsOf = (id: string) => found.filter((one) => one.keyId === id).map(({ budget }) => budget);
  return rows.map((row) => ({ ...row, budgets: budgetsOf(row.id) }));
}

/** Changes a key. @throws NotFoundError also for another owner's */
export async function updateKeyRow(db: Db, by: By, change: Partial<Pick<KeyRow, "name" | "cache" | "similarity" | "sharesCache">>) {
  // Postgres has no update of nothing.
  const [row] = await db
    .update(apiKeys)
    .set({ id: by.id, ...change })
    .where(isMeant(by))
    .returning({ id: apiKeys.id });
  forgetRows();
  if (!row) throw new NotFoundError("key", by.id);
}

/** Ends a key for good, whether or not it had ended before. @throws NotFoundError also for another owner's */
export async function revokeKeyRow(db: Db, by: By): Promise<void> {
  const [row] = await db
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
    .where(isMeant(by))
    .returning({ id: apiKeys.id });
  forgetRows();
  if (!row) throw new NotFoundError("key", by.id);
}
