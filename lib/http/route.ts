import type { Logger } from "pino";
import { z } from "zod";
import { AppError, InvalidRequestError, type Issue } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { toProblem } from "@/lib/core/problem";
import { actAs } from "./acting";
import { admit, type ResolveCaller } from "./admit";
import type { Caller, SignedInCaller } from "./caller";
import { type Connection, connectionOf } from "./connection";
import type { Contract } from "./contract";
import { readJsonBody } from "./read-body";
import { requestIdOf } from "./request-id";
import { apiSecurityHeaders } from "./security-headers";

/** Turns what a route threw into its answer. */
export type AnswerError = (error: unknown, requestId: string, requestLog: Logger) => Response;

/** What a handler gets: everything parsed, the caller known. */
export type RouteInput<C extends Contract> = {
  caller: CallerOf<C>;
  params: Parsed<C["params"]>;
  query: Parsed<C["query"]>;
  body: Parsed<C["body"]>;
  request: Request;
  requestId: string;
  connection: Connection;
  /** What is set here goes out with the answer, whatever it is. */
  answerHeaders: Headers;
  /** The request's own log; made when it is first asked for. */
  log: Logger;
};

/** Nobody has to call what is public, and no key calls what is closed to keys. */
type CallerOf<C extends Contract> = C["access"] extends "public" ? Caller | null : C["scope"] extends "none" ? SignedInCaller : Caller;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
/** What the contract returns, or a response as it is, for streams. Where it returns nothing, what the handler gives is dropped. */
type Answer<C extends Contract> = C["returns"] extends z.ZodType ? z.input<C["returns"]> | Response : unknown;
type Handler<C extends Contract> = (input: RouteInput<C>) => Promise<Answer<C>> | Answer<C>;
type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * A log that is made when it is first asked for. A class, since a getter in an object literal would give each request's object
 * a shape of its own, and V8 keeps a shape, and with it all that the getter sees, until old objects are collected.
 */
class LazyLog {
  readonly #make: () => Logger;
  constructor(make: () => Logger) {
    this.#make = make;
  }
  get log(): Logger {
    return this.#make();
  }
}

/**
 * What is wrong with a value that fits none of several forms: what is in the way of the form that it comes closest to, which
 * is the one where the fault lies deepest. That it fits none says nothing of where to look.
 */
function closestIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const faults = issue.errors.flatMap(([first]) => (first ? [closestIssue(first)] : []));
  const deepest = faults.reduce<z.core.$ZodIssue | undefined>((a, b) => (a && a.path.length >= b.path.length ? a : b), undefined);
  return deepest && deepest.path.length > 0 ? { ...deepest, path: [...issue.path, ...deepest.path] } : issue;
}

/** A list with a wrong value in each of its places need not be told place by place. */
const maxIssues = 50;

/**
 * Makes `route()`: turns a contract and a handler into a Next route handler.
 * Order: caller, access, input, handler; any throw becomes problem+json unless `answerError` has another shape for it.
 * Every answer carries `X-Request-Id`.
 */
export function createRoute(resolveCaller: ResolveCaller, answerError: AnswerError = toErrorResponse) {
  return <C extends Contract>(contract: C, handler: Handler<C>) => {
    const serve = async (request: Request, context: NextContext): Promise<Response> => {
      const requestId = requestIdOf(request);
      const startedAt = performance.now();
      const connection = connectionOf(request.headers);
      const answerHeaders = new Headers();
      let caller: Caller | null = null;
      let ownLog: Logger | undefined;
      const requestLog = () => (ownLog ??= log().child({ requestId, ...(caller && { userId: caller.userId }) }));
      let response: Response;
      try {
        caller = await admit(request, contract, resolveCaller);
        const input = await parseInput(contract, request, context);
        const given = Object.assign(new LazyLog(requestLog), { ...input, caller, request, requestId, connection, answerHeaders });
        const answer = await actAs({ caller, address: connection.address, requestId }, () => handler(given as RouteInput<C>));
        response = toResponse(contract, answer);
      } catch (error) {
        response = answerError(error, requestId, requestLog());
      }
      if (request.method === "HEAD") response = await withoutBody(response);
      for (const [name, value] of answerHeaders) response.headers.set(name, value);
      response.headers.set("x-request-id", requestId);
      for (const [name, value] of apiSecurityHeaders(connection)) response.headers.set(name, value);
      const durationMs = Math.round(performance.now() - startedAt);
      if (log().isLevelEnabled("debug"))
        requestLog().debug({ method: contract.method, path: contract.path, status: response.status, durationMs }, "request");
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

async function parseInput(contract: Contract, request: Request, context: NextContext) {
  const issues: Issue[] = [];
  const read = (schema: z.ZodType | undefined, value: unknown, where: string) => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const told = result.error.issues.slice(0, maxIssues).map(closestIssue);
    issues.push(...told.map((issue) => ({ path: [where, ...issue.path].join("."), message: issue.message })));
    return undefined;
  };
  const params = read(contract.params, await context.params, "params");
  const query = read(contract.query, contract.query && Object.fromEntries(new URL(request.url).searchParams), "query");
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
  if (error instanceof AppError) {
    for (const [name, value] of Object.entries(error.headers ?? {})) headers.set(name, value);
    if (error.retryAfterS) headers.set("retry-after", String(error.retryAfterS));
  }
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
