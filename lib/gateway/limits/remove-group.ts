import { db } from "@/db/database";
import { deleteGroup } from "@/db/queries/groups";
import { deleteRulesOf } from "@/db/queries/limits";
import { announceGroups } from "./announce-groups";

/** Removes a group with its limits and budgets; its members stay. For admins. @throws NotFoundError */
export async function removeGroup({ id }: { id: string }): Promise<void> {
  await db().transaction(async (tx) => {
    await deleteGroup(tx, id);
    await deleteRulesOf(tx, { kind: "group", id });
  });
  await announceGroups();
}
