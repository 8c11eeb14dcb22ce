import { db } from "@/db/database";
import { revokeSession as revokeStored } from "@/db/queries/sessions";
import type { Caller } from "@/lib/http/caller";

/** Ends one of the caller's sign-ins, on whichever device. @throws NotFoundError when it is not theirs or has ended */
export async function revokeSession(caller: Caller, sessionId: string): Promise<void> {
  await revokeStored(db(), { sessionId, userId: caller.userId });
}
