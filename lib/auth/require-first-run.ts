import { ForbiddenError } from "@/lib/core/errors";
import { accountsExist } from "./accounts-exist";

/** Stops everybody once there is an account: until then, whoever comes may become the admin. @throws ForbiddenError */
export async function requireFirstRun(): Promise<void> {
  if (await accountsExist()) throw new ForbiddenError("Hearth is set up already. An admin can do this in the settings.");
}
