import { db } from "@/db/database";
import { type Account, getUser } from "@/db/queries/users";
import type { Caller } from "@/lib/http/caller";

/** The caller's own account. */
export async function getMe(caller: Caller): Promise<Account> {
  return getUser(db(), caller.userId);
}
