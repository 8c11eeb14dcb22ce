import { db } from "@/db/database";
import type { Session } from "./contract";
import { createAccount } from "./create-account";
import { issueTokens } from "./issue-tokens";
import { type Device, startSession } from "./start-session";

/**
 * Makes an account and signs it in over the REST API.
 * A pending account gets tokens too: they answer `forbidden` until an admin approves it, and work from then on.
 * @throws RateLimitedError, ConflictError when the address has an account, ForbiddenError when registration is closed
 */
export async function registerAccount(given: { email: string; password: string; name?: string }, device: Device): Promise<Session> {
  const user = await createAccount({ ...given, address: device.address });
  return issueTokens(db(), user, await startSession(user.id, "api", device));
}
