import { db } from "@/db/database";
import { updateGroup } from "@/db/queries/groups";
import { announceGroups } from "./announce-groups";
import type { Group } from "./contract";

/** Renames a group or sets who is in it. For admins. @throws NotFoundError for the group or a member · ConflictError when the name is taken */
export async function changeGroup(id: string, change: { name?: string; members?: string[] }): Promise<Group> {
  const group = await updateGroup(db(), id, change);
  await announceGroups();
  return group;
}
