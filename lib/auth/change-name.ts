import { db } from "@/db/database";
import { type Account, saveUserName } from "@/db/queries/users";
import type { Caller } from "@/lib/http/caller";

/** Changes the caller's name, as others see it. */
export async function changeName(caller: Caller, name: string): Promise<Account> {
  return saveUserName(db(), { id: caller.userId, name });
}
