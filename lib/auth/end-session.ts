import { revokeSession } from "@/db/queries/sessions";
import type { SignedInCaller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";

/** Signs the caller out of this device: its tokens and cookie stop working at once. */
export async function endSession(caller: SignedInCaller): Promise<void> {
  const { sessionId, userId } = caller;
  await audited(
    (tx) => revokeSession(tx, { sessionId, userId }),
    () => ({ action: "session.ended", target: { kind: "session", id: sessionId } }),
  );
}
