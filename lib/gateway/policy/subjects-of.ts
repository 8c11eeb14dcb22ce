import type { LimitRow } from "@/db/queries/limits";
import type { CallContext } from "../call-record";
import { findMember } from "./find-member";
import type { PolicyRules } from "./policy-rules";

/** Whom a call counts for. */
export type Subject = { kind: LimitRow["subjectKind"]; id: string };

/** Everyone a call counts for: all, its user, the user's groups, its key and its model. */
export async function subjectsOf(
  modelId: string,
  { userId, key }: Pick<CallContext, "userId" | "key">,
  { hasGroups }: PolicyRules,
): Promise<Subject[]> {
  const subjects: Subject[] = [
    { kind: "everyone", id: "" },
    { kind: "model", id: modelId },
  ];
  if (key) subjects.push({ kind: "key", id: key.id });
  if (userId === null) return subjects;
  subjects.push({ kind: "user", id: userId });
  const { groupIds } = hasGroups ? await findMember(userId) : { groupIds: [] };
  return [...subjects, ...groupIds.map((id) => ({ kind: "group" as const, id }))];
}

/** The rows that are for one of the subjects. */
export function rulesFor<Row extends Pick<LimitRow, "subjectKind" | "subjectId">>(rows: Row[], subjects: Subject[]): Row[] {
  return rows.filter(({ subjectKind, subjectId }) => subjects.some(({ kind, id }) => kind === subjectKind && id === subjectId));
}
