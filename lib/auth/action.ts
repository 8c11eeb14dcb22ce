import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { ActionResult } from "@/lib/core/action-result";
import { ForbiddenError, InvalidRequestError, UnauthenticatedError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { toProblem } from "@/lib/core/problem";
import { actAs } from "@/lib/http/acting";
import type { SignedInCaller } from "@/lib/http/caller";
import { type Connection, connectionOf, isSameOrigin } from "@/lib/http/connection";
import type { Access } from "@/lib/http/contract";
import { requestIdOf } from "@/lib/http/request-id";
import { signedInCallerOf } from "./caller";

type ActionInput<A extends Access, S extends z.ZodType> = {
  caller: A extends "public" ? null : SignedInCaller;
  input: z.output<S>;
  connection: Connection;
  headers: Headers;
};

/**
 * Makes a server action: caller, access and input as in `route()`, and any throw becomes a problem to show.
 * Next's own redirects pass through.
 */
export function action<A extends Access, S extends z.ZodType, T>(access: A, schema: S, handler: (given: ActionInput<A, S>) => Promise<T>) {
  const run = async (input: z.input<S>): Promise<ActionResult<T>> => {
    const sent = await headers();
    const requestId = requestIdOf({ headers: sent });
    try {
      const caller = await admit(sent, access);
      const connection = connectionOf(sent);
      const given = { caller, input: parse(schema, input), connection, headers: sent } as ActionInput<A, S>;
      return { ok: true, value: await actAs({ caller, address: connection.address, requestId }, () => handler(given)) };
    } catch (error) {
      unstable_rethrow(error);
      const problem = toProblem(error, requestId);
      if (problem.status >= 500) log().error({ err: error, requestId, code: problem.code }, "action failed");
      return { ok: false, problem };
    }
  };
  // Lets a test see that an export is an action made here, and which caller rule it has.
  return Object.assign(run, { access });
}

async function admit(sent: Headers, access: Access): Promise<SignedInCaller | null> {
  if (!isSameOrigin(sent)) throw new ForbiddenError("This can be done from Hearth's own pages only.");
  if (access === "public") return null;
  const caller = await signedInCallerOf(sent);
  if (!caller) throw new UnauthenticatedError("You are signed out. Sign in again to go on.");
  if (access === "admin" && caller.role !== "admin") throw new ForbiddenError("Only an admin may do this.");
  return caller;
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  throw new InvalidRequestError(issues[0]?.message ?? "Something in the form is not valid.", issues);
}
