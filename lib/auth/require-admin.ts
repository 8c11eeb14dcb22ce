import { ForbiddenError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";
import { requireScope } from "@/lib/http/require-scope";

/** Stops anyone but an admin, and an admin's API key that was not made for that. @throws ForbiddenError */
export function requireAdmin(caller: Caller): void {
  if (caller.role !== "admin") throw new ForbiddenError("Only an admin may do this.");
  requireScope(caller, "admin");
}
