import { db } from "@/db/database";
import { type Account, listUsers } from "@/db/queries/users";
import type { Caller } from "@/lib/http/caller";
import { requireAdmin } from "./require-admin";

/** Everybody with an account, oldest first; for admins. @throws ForbiddenError */
export async function listPeople(caller: Caller): Promise<Account[]> {
  requireAdmin(caller);
  return listUsers(db());
}
