import { randomBytes } from "node:crypto";
import { insertAlertChannel } from "@/db/queries/alert-deliveries";
import { encryptSecret } from "@/lib/auth/secret";
import { ConflictError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { audited } from "../audit/record-event";

/**
 * Adds a webhook that gets each alert's beginning and end. For admins.
 * @returns what its receiver checks signatures by, which is shown this once @throws ConflictError when the name is taken
 */
export async function addAlertChannel({ name, url }: { name: string; url: string }): Promise<{ secret: string }> {
  const id = newId();
  const secret = `whsec_${randomBytes(32).toString("base64url")}`;
  const { origin } = new URL(url);
  const row = { id, name, origin, encryptedUrl: await encryptSecret(url), encryptedSecret: await encryptSecret(secret), enabled: true };
  await audited(
    async (tx) => {
      if (!(await insertAlertChannel(tx, row))) throw new ConflictError(`There is a channel named ${name} already. Choose another name.`);
    },
    () => ({ action: "alert.channel_added", target: { kind: "alert channel", id, name }, after: { name, origin } }),
  );
  return { secret };
}
