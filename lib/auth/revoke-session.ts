import { revokeSession as revokeStored } from "@/db/queries/sessions";
import type { Caller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";

/** Ends one of the caller's sign-ins, on whichever device. @throws NotFoundError when it is not theirs or has ended */
export async function revokeSession(caller: Caller, sessionId: string): Promise<void> {
  await audited(
    (tx) => revokeStored(tx, { sessionId, userId: caller.userId }),
    ({ userAgent, address }) => ({
      action: "session.revoked",
      target: { kind: "session", id: sessionId, name: userAgent || address },
      before: { address, userAgent },
    }),
  );
}
