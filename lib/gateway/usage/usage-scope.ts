import type { UsageScope } from "@/db/queries/usage";
import { ForbiddenError, InvalidRequestError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";

/** What a caller may ask for: `userId` and `all` are for admins. Days are UTC, as `2026-07-01`. */
export type UsageFilters = { caller: Caller; from?: string; to?: string; userId?: string; all?: boolean };

const usualDays = 30;
const dayMs = 86_400_000;

/** Whose usage of which days to show. @throws ForbiddenError when a user who is no admin asks for another's · InvalidRequestError when the days are in the wrong order */
export function usageScope({ caller, userId, all, ...range }: UsageFilters): UsageScope {
  const isOwn = !all && (userId === undefined || userId === caller.userId);
  if (!isOwn && caller.role !== "admin") throw new ForbiddenError("Only an admin may see what others used.");
  const to = range.to ?? new Date().toISOString().slice(0, 10);
  const from = range.from ?? new Date(Date.parse(to) - (usualDays - 1) * dayMs).toISOString().slice(0, 10);
  if (from > to) {
    throw new InvalidRequestError("The first day is after the last.", [{ path: "query.from", message: `Must not be after ${to}` }]);
  }
  return { ownerId: all ? null : (userId ?? caller.userId), from, to };
}
