import { db } from "@/db/database";
import { findUserByEmail } from "@/db/queries/users";
import { ForbiddenError, UnauthenticatedError } from "@/lib/core/errors";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { verifyNoPassword, verifyPassword } from "./password";
import { countSignInAttempt } from "./sign-in-limits";

/** An account that may sign in. */
export type SignedInUser = { id: string; email: string; name: string; role: "admin" | "user" };

/**
 * The account of an address and its password.
 *
 * An unknown address costs the same hash and gets the same answer as a wrong password, so nobody can
 * find out who has an account here.
 * @throws RateLimitedError past the limits of `sign-in-limits.ts`
 * @throws UnauthenticatedError when the two do not belong together
 * @throws ForbiddenError when they do, and the account waits for approval
 */
export async function checkCredentials(given: { email: string; password: string; address: string }): Promise<SignedInUser> {
  await countSignInAttempt(given);
  const found = await findUserByEmail(db(), given.email);
  const isRight = found ? await verifyPassword(found.passwordHash, given.password) : await verifyNoPassword(given.password);
  if (!found || !isRight) {
    await noteRefusal(given, "wrong address or password");
    throw new UnauthenticatedError("The email address or the password is wrong.");
  }
  const { id, email, name, role } = found;
  if (role !== "pending") return { id, email, name, role };
  await noteRefusal(given, "waits for approval");
  throw new ForbiddenError("Your account waits for an admin's approval. You can sign in once it is given.");
}

/** The address that was tried is the target: who tried is not known. What the limits refuse is not written down, so that nobody can fill the log. */
function noteRefusal({ email, address }: { email: string; address: string }, reason: string): Promise<void> {
  return recordEvent(db(), {
    action: "session.refused",
    actor: { id: null, name: "Nobody", address },
    target: { kind: "account", name: email },
    after: { reason },
    outcome: "refused",
  });
}
