import { ForbiddenError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";

/** Stops anyone but an admin. @throws ForbiddenError */
export function requireAdmin(caller: Caller): void {
  if (caller.role !== "admin") throw new ForbiddenError("Only an admin may do this.");
}
