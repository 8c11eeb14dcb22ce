import type { CallFilters } from "@/db/queries/call-stats";
import type { Caller } from "@/lib/http/caller";
import { filterNames, type View, viewQuery } from "./contract";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The view that a link asks for, as far as the caller may see it: nobody but an admin looks at, or among, other people. */
export function viewOf({ role }: Caller, query: Record<string, string | string[] | undefined>): View {
  const view = viewQuery.parse(query);
  return role === "admin" ? view : { ...view, user: undefined, by: view.by === "user" ? undefined : view.by };
}

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
