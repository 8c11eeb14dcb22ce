import { insertGroup } from "@/db/queries/groups";
import { newId } from "@/lib/core/ids";
import { audited } from "@/lib/monitoring/audit/record-event";
import { announceGroups } from "./announce-groups";
import type { Group } from "./contract";

/** Makes a group of people. For admins. @throws ConflictError when the name is taken · NotFoundError for a member who has no account */
export async function createGroup({ name, members }: { name: string; members: string[] }): Promise<Group> {
  const group = await audited(
    (tx) => insertGroup(tx, { id: newId(), name, members }),
    (made) => ({ action: "group.created", target: { kind: "group", id: made.id, name }, after: { name, members: made.members } }),
  );
  await announceGroups();
  return group;
}
