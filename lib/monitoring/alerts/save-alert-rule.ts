import { type AlertRuleRow, endAlertsOf, insertAlertRule, updateAlertRule } from "@/db/queries/alerts";
import { newId } from "@/lib/core/ids";
import { audited } from "../audit/record-event";
import type { AlertRuleInput } from "./contract";

/** Adds an alert rule, or changes one; what it had raised before the change is over. Holds with the next evaluation. For admins. @throws NotFoundError */
export async function saveAlertRule({ id, ...rule }: AlertRuleInput): Promise<void> {
  if (id === undefined) {
    const added = newId();
    await audited(
      (tx) => insertAlertRule(tx, { ...rule, id: added, shipped: null }),
      () => ({ action: "alert.rule_added", target: { kind: "alert rule", id: added, name: rule.name }, after: rule }),
    );
    return;
  }
  await audited(
    async (tx) => {
      const before = await updateAlertRule(tx, id, rule);
      await endAlertsOf(tx, id, new Date());
      return before;
    },
    (before) => ({
      action: "alert.rule_changed",
      target: { kind: "alert rule", id, name: rule.name },
      before: toldOf(before),
      after: rule,
    }),
  );
}

function toldOf({ id: _, shipped: __, createdAt: ___, ...told }: AlertRuleRow) {
  return told;
}
