import { db } from "@/db/database";
import type { LimitRow } from "@/db/queries/limits";
import { findSubjectNames } from "@/db/queries/subjects";

type Subject = Pick<LimitRow, "subjectKind" | "subjectId">;

/** Rows with the names of whom they are for. */
export async function nameSubjects<Row extends Subject>(rows: Row[]) {
  const names = await findSubjectNames(db(), rows);
  return rows.map((row) => ({ ...row, subjectId: row.subjectId || null, subjectName: nameOf(row, names) }));
}

function nameOf({ subjectKind, subjectId }: Subject, names: Map<string, string>): string {
  if (subjectKind === "everyone") return "Everyone";
  return subjectKind === "model" ? subjectId : (names.get(subjectId) ?? "Deleted");
}
