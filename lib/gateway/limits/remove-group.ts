import { deleteGroup } from "@/db/queries/groups";
import { deleteRulesOf } from "@/db/queries/limits";
import { audited } from "@/lib/monitoring/audit/record-event";
import { announceGroups } from "./announce-groups";

/** Removes a group with its limits and budgets; its members stay. For admins. @throws NotFoundError */
export async function removeGroup({ id }: { id: string }): Promise<void> {
  await audited(
    async (tx) => {
      const removed = await deleteGroup(tx, id);
      await deleteRulesOf(tx, { kind: "group", id });
      return removed;
    },
    ({ name }) => ({ action: "group.removed", target: { kind: "group", id, name }, before: { name } }),
  );
  await announceGroups();
}
