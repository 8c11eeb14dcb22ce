import { type Account, saveUserName } from "@/db/queries/users";
import type { Caller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";

/** Changes the caller's name, as others see it. */
export async function changeName(caller: Caller, name: string): Promise<Account> {
  return audited(
    (tx) => saveUserName(tx, { id: caller.userId, name }),
    ({ id, email }) => ({
      action: "account.renamed",
      target: { kind: "account", id, name: email },
      before: { name: caller.name },
      after: { name },
    }),
  );
}
