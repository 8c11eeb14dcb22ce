import type { CallFilters } from "@/db/queries/call-stats";
import type { Caller } from "@/lib/http/caller";
import { filterNames, type View } from "./contract";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose calls a caller may see in a view; null is everybody's. Only an admin sees others'. */
export function ownerOf({ role, userId }: Caller, { user }: View): string | null {
  if (role !== "admin") return userId;
  return user !== undefined && uuid.test(user) ? user : null;
}

/** What a view's calls are filtered by, beside their owner. */
export function filtersOf(caller: Caller, view: View): CallFilters {
  const given = filterNames.flatMap((name) => {
    const value = view[name];
    const isOwner = name === "user" && (caller.role !== "admin" || uuid.test(value ?? ""));
    return value === undefined || isOwner ? [] : [[name, value.replaceAll("\u0000", "")]];
  });
  return Object.fromEntries(given);
}
