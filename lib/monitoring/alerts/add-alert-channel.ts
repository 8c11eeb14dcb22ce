import { randomBytes } from "node:crypto";
import { insertAlertChannel } from "@/db/queries/alert-deliveries";
import { encryptSecret } from "@/lib/auth/secret";
import { ConflictError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { audited } from "../audit/record-event";
import type { AlertChannelInput } from "./contract";
import { canMail } from "./mail-alert";

/**
 * Adds a webhook or an e-mail address that gets each alert's beginning and end. For admins.
 * @returns what a webhook's receiver checks signatures by, which is shown this once; null for e-mail
 * @throws ConflictError when the name is taken, or there is no mail server to send by
 */
export async function addAlertChannel(given: AlertChannelInput): Promise<{ secret: string | null }> {
  const { name, kind } = given;
  if (kind === "email" && !canMail())
    throw new ConflictError("Set HEARTH_SMTP_URL and HEARTH_SMTP_FROM, and start Hearth again, to send e-mail.");
  const id = newId();
  const secret = kind === "webhook" ? `whsec_${randomBytes(32).toString("base64url")}` : null;
  const address = given.kind === "webhook" ? new URL(given.url).origin : given.email;
  const encryptedUrl = given.kind === "webhook" ? await encryptSecret(given.url) : null;
  const row = { id, name, kind, address, encryptedUrl, encryptedSecret: secret && (await encryptSecret(secret)), enabled: true };
  await audited(
    async (tx) => {
      if (!(await insertAlertChannel(tx, row))) throw new ConflictError(`There is a channel named ${name} already. Choose another name.`);
    },
    () => ({ action: "alert.channel_added", target: { kind: "alert channel", id, name }, after: { name, kind, address } }),
  );
  return { secret };
}
