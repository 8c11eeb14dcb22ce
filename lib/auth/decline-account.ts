import { deletePendingUser } from "@/db/queries/users";
import type { Caller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";
import { requireAdmin } from "./require-admin";

/** Removes an account that waits for approval. @throws ForbiddenError for others than admins, NotFoundError when nobody of that id waits */
export async function declineAccount(caller: Caller, userId: string): Promise<void> {
  requireAdmin(caller);
  await audited(
    (tx) => deletePendingUser(tx, userId),
    ({ id, email, name }) => ({
      action: "account.declined",
      target: { kind: "account", id, name: email },
      before: { name, role: "pending" },
    }),
  );
}
