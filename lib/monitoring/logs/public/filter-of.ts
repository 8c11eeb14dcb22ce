import type { LineFilter } from "@/db/queries/log-lines";
import { ForbiddenError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";
import type { LogFilters } from "../contract";
import { lineFilter } from "../line-filter";

/** What a program asks for, as queries take it. @throws ForbiddenError for others than admins */
export async function filterOf(
  caller: Caller,
  { requestId: request, userId: user, runId: run, from, to, ...rest }: LogFilters,
): Promise<LineFilter> {
  if (caller.role !== "admin") throw new ForbiddenError("Only an admin may read the log.");
  const filter = await lineFilter({ ...rest, request, user, run });
  return { ...filter, ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) };
}
