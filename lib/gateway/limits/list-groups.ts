import { db } from "@/db/database";
import { listGroups as listRows } from "@/db/queries/groups";
import type { Group } from "./contract";

/** Every group with who is in it, by name. For admins. */
export function listGroups(): Promise<Group[]> {
  return listRows(db());
}
