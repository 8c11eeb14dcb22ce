import { db } from "@/db/database";
import { checkCredentials } from "./check-credentials";
import type { Session } from "./contract";
import { issueTokens } from "./issue-tokens";
import { type Device, startSession } from "./start-session";

/** Signs in over the REST API. @throws what `checkCredentials` throws */
export async function logIn(given: { email: string; password: string }, device: Device): Promise<Session> {
  const user = await checkCredentials({ ...given, address: device.address });
  return issueTokens(db(), user, await startSession(user.id, "api", device));
}
