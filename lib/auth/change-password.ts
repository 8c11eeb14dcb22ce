import { db } from "@/db/database";
import { revokeOtherSessions } from "@/db/queries/sessions";
import { findUserByEmail, savePasswordHash } from "@/db/queries/users";
import { InvalidRequestError } from "@/lib/core/errors";
import type { SignedInCaller } from "@/lib/http/caller";
import { audited } from "@/lib/monitoring/audit/record-event";
import { hashPassword, verifyPassword } from "./password";
import { countSignInAttempt } from "./sign-in-limits";

/**
 * Changes the caller's password and signs out every other device.
 * @throws InvalidRequestError when the current password is wrong
 * @throws RateLimitedError as for a sign-in
 */
export async function changePassword(caller: SignedInCaller, given: { current: string; next: string; address: string }): Promise<void> {
  await countSignInAttempt({ address: given.address, email: caller.email });
  const account = await findUserByEmail(db(), caller.email);
  if (!account || !(await verifyPassword(account.passwordHash, given.current))) {
    throw new InvalidRequestError("The current password is wrong.", [{ path: "current", message: "This is not your current password" }]);
  }
  const passwordHash = await hashPassword(given.next);
  const { userId: id, email: name } = caller;
  await audited(
    async (tx) => {
      await savePasswordHash(tx, { id, passwordHash });
      await revokeOtherSessions(tx, { keptSessionId: caller.sessionId, userId: id });
    },
    () => ({ action: "account.password_changed", target: { kind: "account", id, name } }),
  );
}
