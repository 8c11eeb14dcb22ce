import { db } from "@/db/database";
import { type AlertChannelRow, type DueDelivery, noteDelivery, takeDueDeliveries } from "@/db/queries/alert-deliveries";
import { decryptSecret } from "@/lib/auth/secret";
import { guardedPost } from "@/lib/core/guarded-post";
import { log } from "@/lib/core/log";
import { mailAlert } from "./mail-alert";
import { signWebhook } from "./sign-webhook";
import { webhookBody } from "./webhook-body";

const atOnce = 20;
/** Longer than an attempt takes: what is under way is not taken by another process. */
const takenForMs = 60_000;
const maxAttempts = 6;
/** The wait after the first failure; each further one is twice as long. */
const firstWaitMs = 15_000;

/**
 * Sends what is due to its channels, and notes what came of it: a failed attempt is made again with growing waits, six times
 * in all, some eight minutes. A receiver tells a repetition, which a crash can cause, by the delivery's id.
 */
export async function deliverAlerts(now: Date): Promise<void> {
  const due = await takeDueDeliveries(db(), { now, again: new Date(now.getTime() + takenForMs), limit: atOnce });
  await Promise.all(due.map((one) => attempt(one, now)));
}

async function attempt(due: DueDelivery, now: Date): Promise<void> {
  const { delivery, channel } = due;
  const error = await send(due, now);
  if (error === null) return noteDelivery(db(), delivery.id, { state: "delivered", error: null, endedAt: now });
  const isLast = delivery.attempts >= maxAttempts;
  log().warn({ channel: channel.name, attempt: delivery.attempts, reason: error, isLast }, "an alert could not be delivered");
  if (isLast) return noteDelivery(db(), delivery.id, { state: "failed", error, endedAt: now });
  const nextAt = new Date(now.getTime() + firstWaitMs * 2 ** (delivery.attempts - 1));
  await noteDelivery(db(), delivery.id, { error, nextAt });
}

function send({ delivery, channel, alert }: DueDelivery, now: Date): Promise<string | null> {
  return sendToChannel(channel, { deliveryId: delivery.id, event: delivery.event, alert }, now);
}

/** Mails to a channel, or posts to it, signed. @returns what went wrong, null when it was taken */
export async function sendToChannel(channel: AlertChannelRow, told: Parameters<typeof webhookBody>[0], now: Date): Promise<string | null> {
  try {
    if (channel.kind === "email") {
      await mailAlert(channel.address, told);
      return null;
    }
    const [url, secret] = await Promise.all([decryptSecret(channel.encryptedUrl ?? ""), decryptSecret(channel.encryptedSecret ?? "")]);
    const body = webhookBody(told);
    const status = await guardedPost(url, {
      body,
      headers: { "x-hearth-delivery": told.deliveryId, "x-hearth-signature": signWebhook(secret, body, now) },
    });
    return status >= 200 && status < 300 ? null : `The receiver answered ${status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
