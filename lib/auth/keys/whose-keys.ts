import type { Caller } from "@/lib/http/caller";

/** Whose keys a caller may look after: null, which is everybody's, for admins, and else their own. */
export function whoseKeys({ role, userId }: Pick<Caller, "role" | "userId">): string | null {
  return role === "admin" ? null : userId;
}
