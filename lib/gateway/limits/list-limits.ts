import { db } from "@/db/database";
import { listLimits as listRows } from "@/db/queries/limits";
import type { Limit } from "./contract";
import { nameSubjects } from "./name-subjects";

/** Every limit with the name of whom it is for, oldest first. For admins. */
export async function listLimits(): Promise<Limit[]> {
  return nameSubjects(await listRows(db()));
}
