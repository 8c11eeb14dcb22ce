import { MethodNotAllowedError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { connectionOf } from "./connection";
import { requestIdOf } from "./request-id";
import { toErrorResponse } from "./route";
import { apiSecurityHeaders } from "./security-headers";

/** Every method that Next hands to a route file. */
export const httpMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

type Method = (typeof httpMethods)[number];
type Served = { contract: { method: string } };
type Refusal = ((request: Request) => Response) & { allow: string };

/**
 * Makes `otherMethods()`, which fills the rest of a route file: without it Next answers a method that the file does not
 * have by a bare 405, with no body, no request id and no security headers.
 * @param answerError the shape of errors under these routes
 */
export function createOtherMethods(answerError = toErrorResponse) {
  /** Handlers for the methods that a route file does not serve: OPTIONS tells those it does, the others are refused. */
  return (...served: Served[]): Record<Method, Refusal> => {
    const methods = served.map(({ contract }) => contract.method);
    const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort().join(", ");
    const refuse = (request: Request): Response => {
      const requestId = requestIdOf(request);
      const requestLog = log().child({ requestId });
      const response =
        request.method === "OPTIONS"
          ? new Response(null, { status: 204 })
          : answerError(new MethodNotAllowedError(request.method, allow), requestId, requestLog);
      for (const [name, value] of apiSecurityHeaders(connectionOf(request.headers))) response.headers.set(name, value);
      response.headers.set("x-request-id", requestId);
      response.headers.set("allow", allow);
      requestLog.debug({ method: request.method, path: new URL(request.url).pathname, status: response.status }, "request");
      return request.method === "HEAD" ? new Response(null, response) : response;
    };
    const handler = Object.assign(refuse, { allow });
    return { GET: handler, HEAD: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler, OPTIONS: handler };
  };
}
