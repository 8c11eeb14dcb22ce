import { db } from "@/db/database";
import { hasUsers } from "@/db/queries/users";

/** Whether anybody has an account yet; until then every page leads to the first run. */
export async function accountsExist(): Promise<boolean> {
  return hasUsers(db());
}
