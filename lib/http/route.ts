import type { Logger } from "pino";
import { z } from "zod";
import { ForbiddenError, InvalidRequestError, type Issue, UnauthenticatedError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { toProblem } from "@/lib/core/problem";
import type { Caller } from "./caller";
import { type Connection, connectionOf, isSameOrigin } from "./connection";
import type { Access, Contract } from "./contract";
import { readJsonBody } from "./read-body";
import { apiSecurityHeaders } from "./security-headers";

/** Finds the caller of a request, or null when nobody is signed in. */
export type ResolveCaller = (headers: Headers) => Promise<Caller | null>;

/** What a handler gets: everything parsed, the caller known. */
export type RouteInput<C extends Contract> = {
  caller: C["access"] extends "public" ? Caller | null : Caller;
  params: Parsed<C["params"]>;
  query: Parsed<C["query"]>;
  body: Parsed<C["body"]>;
  request: Request;
  requestId: string;
  connection: Connection;
  log: Logger;
};

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
/** What the contract returns, or a response as it is, for streams. Where it returns nothing, what the handler gives is dropped. */
type Answer<C extends Contract> = C["returns"] extends z.ZodType ? z.input<C["returns"]> | Response : unknown;
type Handler<C extends Contract> = (input: RouteInput<C>) => Promise<Answer<C>> | Answer<C>;
type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** A list with a wrong value in each of its places need not be told place by place. */
const maxIssues = 50;

/**
 * Makes `route()`: turns a contract and a handler into a Next route handler.
 * Order: caller, access, input, handler; any throw becomes problem+json. Every answer carries `X-Request-Id`.
 */
export function createRoute(resolveCaller: ResolveCaller) {
  return <C extends Contract>(contract: C, handler: Handler<C>) => {
    const serve = async (request: Request, context: NextContext): Promise<Response> => {
      const requestId = requestIdOf(request);
      const startedAt = performance.now();
      let requestLog = log().child({ requestId });
      let response: Response;
      try {
        const caller = await admit(request, contract.access, resolveCaller);
        if (caller) requestLog = requestLog.child({ userId: caller.userId });
        const input = await parseInput(contract, request, context);
        const answer = await handler({
          ...input,
          caller,
          request,
          requestId,
          connection: connectionOf(request.headers),
          log: requestLog,
        } as RouteInput<C>);
        response = toResponse(contract, answer);
      } catch (error) {
        response = toErrorResponse(error, requestId, requestLog);
      }
      if (request.method === "HEAD") response = await withoutBody(response);
      response.headers.set("x-request-id", requestId);
      for (const [name, value] of apiSecurityHeaders(connectionOf(request.headers))) response.headers.set(name, value);
      const durationMs = Math.round(performance.now() - startedAt);
      requestLog.debug({ method: contract.method, path: contract.path, status: response.status, durationMs }, "request");
      return response;
    };
    // Lets a test see which contract, and so which caller rule, stands behind a route file's export.
    return Object.assign(serve, { contract });
  };
}

/** Next answers HEAD by GET's handler and leaves the body unread: a stream that nobody ends would go on for ever. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

/** Keeps a proxy's request id when it is harmless, else makes one. */
function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id") ?? "";
  return /^[\w-]{8,64}$/.test(given) ? given : newId();
}

async function admit(request: Request, access: Access, resolveCaller: ResolveCaller): Promise<Caller | null> {
  if (access === "public") return null;
  const caller = await resolveCaller(request.headers);
  if (!caller) throw new UnauthenticatedError();
  if (caller.via === "cookie" && request.method !== "GET" && !isSameOrigin(request.headers)) {
    throw new ForbiddenError("A browser may change things from Hearth's own pages only. Programs send a bearer token instead of a cookie.");
  }
  if (access === "admin" && caller.role !== "admin") throw new ForbiddenError("Only an admin may do this.");
  return caller;
}

async function parseInput(contract: Contract, request: Request, context: NextContext) {
  const issues: Issue[] = [];
  const read = (schema: z.ZodType | undefined, value: unknown, where: string) => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const told = result.error.issues.slice(0, maxIssues);
    issues.push(...told.map((issue) => ({ path: [where, ...issue.path].join("."), message: issue.message })));
    return undefined;
  };
  const params = read(contract.params, await context.params, "params");
  const query = read(contract.query, Object.fromEntries(new URL(request.url).searchParams), "query");
  const body = read(contract.body, contract.body && (await readJsonBody(request, contract.maxBodyBytes)), "body");
  if (issues.length > 0) throw new InvalidRequestError(`The request is not valid: ${issues[0]?.path}: ${issues[0]?.message}.`, issues);
  return { params, query, body };
}

function toResponse(contract: Contract, answer: unknown): Response {
  if (answer instanceof Response) return answer;
  if (!contract.returns) return new Response(null, { status: contract.status ?? 204 });
  // Parsing the answer drops whatever the contract does not name, so a new column cannot leak.
  return Response.json(z.parse(contract.returns, answer), { status: contract.status ?? 200, headers: { "cache-control": "no-store" } });
}

/** Any error as problem+json; the unknown ones are logged with their stack. */
export function toErrorResponse(error: unknown, requestId: string, requestLog: Logger): Response {
  const problem = toProblem(error, requestId);
  if (problem.status >= 500) requestLog.error({ err: error, code: problem.code }, "request failed");
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store", "x-request-id": requestId });
  const retryAfterS = (error as { retryAfterS?: number } | null)?.retryAfterS;
  if (retryAfterS) headers.set("retry-after", String(retryAfterS));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
