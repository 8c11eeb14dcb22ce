import { acknowledgeAlertRow } from "@/db/queries/alerts";
import type { Caller } from "@/lib/http/caller";
import { audited } from "../audit/record-event";

/** Notes that an admin has seen a firing alert: the bell no longer counts it. @throws NotFoundError when none of that id fires */
export async function acknowledgeAlert(caller: Caller, { id }: { id: string }): Promise<void> {
  await audited(
    (tx) => acknowledgeAlertRow(tx, id, { name: caller.name, now: new Date() }),
    ({ ruleName, label }) => ({
      action: "alert.acknowledged",
      target: { kind: "alert", id, name: label ? `${ruleName}: ${label}` : ruleName },
    }),
  );
}
