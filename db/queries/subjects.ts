import { asc, inArray, isNull, ne } from "drizzle-orm";
import type { Db } from "../database";
import { apiKeys, groups, users } from "../schema/accounts";
import type { LimitRow } from "./limits";

type Subject = Pick<LimitRow, "subjectKind" | "subjectId">;

/** What people know subjects by, by id: an account's address, a group's or a key's name. One that is gone is not among them. */
export async function findSubjectNames(db: Db, subjects: Subject[]): Promise<Map<string, string>> {
  const idsOf = (kind: Subject["subjectKind"]) =>
    subjects.filter(({ subjectKind }) => subjectKind === kind).map(({ subjectId }) => subjectId);
  const [people, teams, keys] = [idsOf("user"), idsOf("group"), idsOf("key")];
  const found = await Promise.all([
    people.length > 0 ? db.select({ id: users.id, name: users.email }).from(users).where(inArray(users.id, people)) : [],
    teams.length > 0 ? db.select({ id: groups.id, name: groups.name }).from(groups).where(inArray(groups.id, teams)) : [],
    keys.length > 0 ? db.select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(inArray(apiKeys.id, keys)) : [],
  ]);
  return new Map(found.flat().map(({ id, name }) => [id, name]));
}

/** Every account that may sign in, every group and every key that was not revoked, by what people know them by. */
export async function listSubjects(db: Db) {
  const [people, teams, keys] = await Promise.all([
    db.select({ id: users.id, name: users.email }).from(users).where(ne(users.role, "pending")).orderBy(asc(users.email)),
    db.select({ id: groups.id, name: groups.name }).from(groups).orderBy(asc(groups.name)),
    db.select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(isNull(apiKeys.revokedAt)).orderBy(asc(apiKeys.name)),
  ]);
  return { people, groups: teams, keys };
}
