import { db } from "@/db/database";
import { revokeKeyRow } from "@/db/queries/api-keys";
import type { Caller } from "@/lib/http/caller";
import { whoseKeys } from "./whose-keys";

/** Ends a key of the caller's, or anybody's for admins, at once and for good; harmless when it has ended. @throws NotFoundError */
export async function revokeKey(caller: Caller, id: string): Promise<void> {
  await revokeKeyRow(db(), { id, ownerId: whoseKeys(caller) });
}
