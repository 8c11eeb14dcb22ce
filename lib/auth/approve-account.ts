import { approveUser } from "@/db/queries/users";
import type { Caller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";
import { requireAdmin } from "./require-admin";

/** Lets a pending account in. @throws ForbiddenError for others than admins, NotFoundError when nobody of that id waits */
export async function approveAccount(caller: Caller, userId: string): Promise<void> {
  requireAdmin(caller);
  await audited(
    (tx) => approveUser(tx, userId),
    ({ id, email, role }) => ({
      action: "account.approved",
      target: { kind: "account", id, name: email },
      before: { role: "pending" },
      after: { role },
    }),
  );
}
