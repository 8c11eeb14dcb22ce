import { listGroups, updateGroup } from "@/db/queries/groups";
import { audited } from "@/lib/monitoring/audit/record-event";
import { announceGroups } from "./announce-groups";
import type { Group } from "./contract";

/** Renames a group or sets who is in it. For admins. @throws NotFoundError for the group or a member · ConflictError when the name is taken */
export async function changeGroup(id: string, change: { name?: string; members?: string[] }): Promise<Group> {
  const { group } = await audited(
    async (tx) => ({ before: (await listGroups(tx)).find((one) => one.id === id), group: await updateGroup(tx, id, change) }),
    ({ before, group: after }) => ({
      action: "group.changed",
      target: { kind: "group", id, name: after.name },
      before: before && { name: before.name, members: before.members.toSorted() },
      after: { name: after.name, members: after.members.toSorted() },
    }),
  );
  await announceGroups();
  return group;
}
