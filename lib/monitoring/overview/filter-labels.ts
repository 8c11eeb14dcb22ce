import { db } from "@/db/database";
import { listKeyRows } from "@/db/queries/api-keys";
import type { Caller } from "@/lib/http/caller";
import { labelGroups } from "./call-labels";
import type { View } from "./contract";

/** More keys than an account may have that work; of the oldest of the others the id is shown. */
const maxKeys = 1_000;

/** What people know the person and the key by that a view is narrowed to, by id. Others' names are for admins only. */
export async function filterLabels(caller: Caller, { user, key }: View): Promise<Record<string, string>> {
  if (caller.role === "admin") {
    const named = await Promise.all([user ? labelGroups("user", [user]) : [], key ? labelGroups("key", [key]) : []]);
    return Object.fromEntries(named.flatMap((names) => [...names]).filter(([id]) => id !== ""));
  }
  if (!key) return {};
  const own = await listKeyRows(db(), { ownerId: caller.userId, limit: maxKeys });
  return Object.fromEntries(own.map(({ id, name }) => [id, name]));
}
