import { asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Db } from "../database";
import { apiKeys, groups, users } from "../schema/accounts";
import { isLive } from "./api-keys";
import type { LimitRow } from "./limits";

type Subject = Pick<LimitRow, "subjectKind" | "subjectId">;

/** Keys of several people, or of one, may have the same name. */
const keyName = sql<string>`${apiKeys.name} || ' (' || ${users.email} || ', …' || ${apiKeys.hint} || ')'`;

/** Keys by what they are known by, as in `CI (ada@example.org, …x7Qp)`. */
const selectKeys = (db: Db) =>
  db.select({ id: apiKeys.id, name: keyName }).from(apiKeys).innerJoin(users, eq(users.id, apiKeys.ownerId)).$dynamic();

/** What people know subjects by, by id: an account's address, a group's name, a key's with its owner and end. One that is gone is not among them. */
export async function findSubjectNames(db: Db, subjects: Subject[]): Promise<Map<string, string>> {
  const idsOf = (kind: Subject["subjectKind"]) =>
    subjects.filter(({ subjectKind }) => subjectKind === kind).map(({ subjectId }) => subjectId);
  const [people, teams, keys] = [idsOf("user"), idsOf("group"), idsOf("key")];
  const found = await Promise.all([
    people.length > 0 ? db.select({ id: users.id, name: users.email }).from(users).where(inArray(users.id, people)) : [],
    teams.length > 0 ? db.select({ id: groups.id, name: groups.name }).from(groups).where(inArray(groups.id, teams)) : [],
    keys.length > 0 ? selectKeys(db).where(inArray(apiKeys.id, keys)) : [],
  ]);
  return new Map(found.flat().map(({ id, name }) => [id, name]));
}

/** The names alone that keys were given, by id: short enough for a chart. One that was deleted is not among them. */
export async function findKeyNames(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(inArray(apiKeys.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Every account that may sign in, every group and every key that works, by what people know them by. */
export async function listSubjects(db: Db) {
  const [people, teams, keys] = await Promise.all([
    db.select({ id: users.id, name: users.email }).from(users).where(ne(users.role, "pending")).orderBy(asc(users.email)),
    db.select({ id: groups.id, name: groups.name }).from(groups).orderBy(asc(groups.name)),
    selectKeys(db).where(isLive()).orderBy(asc(keyName)),
  ]);
  return { people, groups: teams, keys };
}
