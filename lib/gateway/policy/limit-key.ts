import type { LimitRow } from "@/db/queries/limits";

/** Under what a limit counts. The one for everyone counts for each user by themselves, the others for all they are for together. */
export function limitKey({ subjectKind, subjectId }: Pick<LimitRow, "subjectKind" | "subjectId">, userId: string | null): string {
  return subjectKind === "everyone" ? `everyone:${userId}` : `${subjectKind}:${subjectId}`;
}
