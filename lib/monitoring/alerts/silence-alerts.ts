import { deleteSilence, insertSilence } from "@/db/queries/alerts";
import { newId } from "@/lib/core/ids";
import type { Caller } from "@/lib/http/caller";
import { audited } from "../audit/record-event";

/** Sends nothing of a rule, or of any when `ruleId` is null, for so many minutes; what still fires then is sent then. For admins. @throws NotFoundError */
export async function silenceAlerts(caller: Caller, given: { ruleId: string | null; minutes: number; reason: string }): Promise<void> {
  const { ruleId, minutes, reason } = given;
  const id = newId();
  const until = new Date(Date.now() + minutes * 60_000);
  await audited(
    (tx) => insertSilence(tx, { id, ruleId, until, reason, createdBy: caller.name }),
    (name) => ({ action: "alert.silenced", target: { kind: "silence", id, name: name ?? "All rules" }, after: { until, reason } }),
  );
}

/** Ends a silence before its time. For admins. @throws NotFoundError */
export async function endSilence({ id }: { id: string }): Promise<void> {
  await audited(
    (tx) => deleteSilence(tx, id),
    ({ until, reason }) => ({ action: "alert.silence_ended", target: { kind: "silence", id }, before: { until, reason } }),
  );
}
