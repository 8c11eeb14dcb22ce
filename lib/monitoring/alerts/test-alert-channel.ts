import { db } from "@/db/database";
import { getAlertChannel } from "@/db/queries/alert-deliveries";
import { newId } from "@/lib/core/ids";
import { recordEvent } from "../audit/record-event";
import { sendToChannel } from "./deliver-alerts";

/** Sends a test to a channel, once, and tells what came of it: `error` is null when it was taken. For admins. @throws NotFoundError */
export async function testAlertChannel({ id }: { id: string }): Promise<{ error: string | null }> {
  const channel = await getAlertChannel(db(), id);
  const error = await sendToChannel(channel, { deliveryId: newId(), event: "test", alert: null }, new Date());
  const target = { kind: "alert channel", id, name: channel.name };
  await recordEvent(db(), { action: "alert.channel_tested", target, after: { error } });
  return { error };
}
