import { db } from "@/db/database";
import { type Account, listUsers } from "@/db/queries/users";
import { requireAdmin } from "./require-admin";
import type { Caller } from "@/lib/http/caller";

/** Everybody with an account, oldest first; for admins. @throws ForbiddenError */
export async function listPeople(caller: Caller): Promise<Account[]> {
  requireAdmin(caller);
  return listUsers(db());
}
