import { getKeyRow, revokeKeyRow } from "@/db/queries/api-keys";
import type { Caller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";
import { whoseKeys } from "./whose-keys";

/** Ends a key of the caller's, or anybody's for admins, at once and for good; harmless when it has ended. @throws NotFoundError */
export async function revokeKey(caller: Caller, id: string): Promise<void> {
  const by = { id, ownerId: whoseKeys(caller) };
  await audited(
    async (tx) => {
      await revokeKeyRow(tx, by);
      return getKeyRow(tx, by);
    },
    ({ name, owner, scopes }) => ({
      action: "key.revoked",
      target: { kind: "key", id, name },
      before: { owner: owner.email, scopes },
    }),
  );
}
