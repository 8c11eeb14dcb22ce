import { db } from "@/db/database";
import { approveUser } from "@/db/queries/users";
import type { Caller } from "@/lib/http/caller";
import { requireAdmin } from "./require-admin";

/** Lets a pending account in. @throws ForbiddenError for others than admins, NotFoundError when nobody of that id waits */
export async function approveAccount(caller: Caller, userId: string): Promise<void> {
  requireAdmin(caller);
  await approveUser(db(), userId);
}
