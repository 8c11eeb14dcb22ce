import { ForbiddenError, UnauthenticatedError } from "@/lib/core/errors";
import type { Caller } from "./caller";
import { isSameOrigin } from "./connection";
import { type Contract, scopeOf } from "./contract";
import { requireScope } from "./require-scope";

/** Finds the caller of a request, or null when nobody is signed in. */
export type ResolveCaller = (headers: Headers) => Promise<Caller | null>;

/**
 * Lets a request to an operation in, and tells whose it is; null where anybody may call. Every way into the API goes through here.
 * @throws UnauthenticatedError for nobody · ForbiddenError for a browser on another site, a key without the scope, or anyone but an admin
 */
export async function admit(
  request: Request,
  contract: Pick<Contract, "access" | "scope">,
  resolveCaller: ResolveCaller,
): Promise<Caller | null> {
  const { access } = contract;
  if (access === "public") return null;
  const caller = await resolveCaller(request.headers);
  if (!caller) throw new UnauthenticatedError();
  if (caller.via === "cookie" && request.method !== "GET" && !isSameOrigin(request.headers)) {
    throw new ForbiddenError("A browser may change things from Hearth's own pages only. Programs send a bearer token instead of a cookie.");
  }
  requireScope(caller, scopeOf(contract));
  if (access === "admin" && caller.role !== "admin") throw new ForbiddenError("Only an admin may do this.");
  return caller;
}
