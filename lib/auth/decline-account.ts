import { db } from "@/db/database";
import { deletePendingUser } from "@/db/queries/users";
import type { Caller } from "@/lib/http/caller";
import { requireAdmin } from "./require-admin";

/** Removes an account that waits for approval. @throws ForbiddenError for others than admins, NotFoundError when nobody of that id waits */
export async function declineAccount(caller: Caller, userId: string): Promise<void> {
  requireAdmin(caller);
  await deletePendingUser(db(), userId);
}
