import { db } from "@/db/database";
import { insertGroup } from "@/db/queries/groups";
import { newId } from "@/lib/core/ids";
import { announceGroups } from "./announce-groups";
import type { Group } from "./contract";

/** Makes a group of people. For admins. @throws ConflictError when the name is taken · NotFoundError for a member who has no account */
export async function createGroup({ name, members }: { name: string; members: string[] }): Promise<Group> {
  const group = await insertGroup(db(), { id: newId(), name, members });
  await announceGroups();
  return group;
}
