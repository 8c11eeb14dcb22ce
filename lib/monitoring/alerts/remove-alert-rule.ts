import { deleteAlertRule, endAlertsOf } from "@/db/queries/alerts";
import { audited } from "../audit/record-event";

/** Removes an alert rule; what it had raised is over and stays in the history. For admins. @throws NotFoundError · ConflictError for one that ships with Hearth */
export async function removeAlertRule({ id }: { id: string }): Promise<void> {
  await audited(
    async (tx) => {
      const removed = await deleteAlertRule(tx, id);
      await endAlertsOf(tx, id, new Date());
      return removed;
    },
    ({ name, metric, threshold }) => ({
      action: "alert.rule_removed",
      target: { kind: "alert rule", id, name },
      before: { name, metric, threshold },
    }),
  );
}
