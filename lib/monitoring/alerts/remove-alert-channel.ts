import { deleteAlertChannel } from "@/db/queries/alert-deliveries";
import { audited } from "../audit/record-event";

/** Removes a channel, with what was still to be sent to it. For admins. @throws NotFoundError */
export async function removeAlertChannel({ id }: { id: string }): Promise<void> {
  await audited(
    (tx) => deleteAlertChannel(tx, id),
    ({ name, kind, address }) => ({
      action: "alert.channel_removed",
      target: { kind: "alert channel", id, name },
      before: { name, kind, address },
    }),
  );
}
