import { db } from "@/db/database";
import { findSubjectNames } from "@/db/queries/subjects";
import { NotFoundError } from "@/lib/core/errors";
import { canonicalModelId } from "../canonical-id";
import type { NewLimit } from "./contract";

const nouns = { user: "account", group: "group", key: "API key" };

/** Whom a limit or budget is for, as it is stored. @throws NotFoundError when there is no such account, group or key */
export async function checkedSubject({ subjectKind, subjectId }: Pick<NewLimit, "subjectKind" | "subjectId">) {
  const id = subjectId ?? "";
  if (subjectKind === "everyone" || subjectKind === "model") return { subjectKind, subjectId: canonicalModelId(id) };
  // Ids are compared as text where limits are looked up.
  const subject = { subjectKind, subjectId: id.toLowerCase() };
  const names = await findSubjectNames(db(), [subject]);
  if (!names.has(subject.subjectId)) throw new NotFoundError(nouns[subjectKind], id);
  return subject;
}
