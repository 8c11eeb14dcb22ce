import { db } from "@/db/database";
import { revokeSession } from "@/db/queries/sessions";
import type { SignedInCaller } from "@/lib/http/caller";

/** Signs the caller out of this device: its tokens and cookie stop working at once. */
export async function endSession(caller: SignedInCaller): Promise<void> {
  await revokeSession(db(), { sessionId: caller.sessionId, userId: caller.userId });
}
