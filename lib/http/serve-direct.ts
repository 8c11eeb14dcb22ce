import type { IncomingMessage, ServerResponse } from "node:http";
import { NodeRequest, sendNodeResponse } from "srvx/node";
import type { Contract } from "./contract";

/** A handler that `route()` made: it carries its contract. */
export type RouteHandler = ((request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>) & {
  contract: Contract;
};

/** Answers a request when it is one of its routes. @returns whether it does */
export type DirectServer = (request: IncomingMessage, response: ServerResponse) => boolean;

type Place = { method: string; pattern: RegExp; handler: RouteHandler };

/**
 * Serves routes from the socket, without Next's routing before them and its pipes behind them (docs/adr/0010-hot-routes-past-next.md).
 * A method or path that is not one of theirs is left to Next, and so is everything under plain `next start`.
 */
export function directServer(handlers: RouteHandler[]): DirectServer {
  const places = handlers.map(toPlace);
  return (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const place = places.find(({ method, pattern }) => method === request.method && pattern.test(path));
    if (!place) return false;
    tellConnection(request);
    const params = Promise.resolve({ ...place.pattern.exec(path)?.groups });
    void place.handler(new NodeRequest({ req: request, res: response }), { params }).then((answer) => sendNodeResponse(response, answer));
    return true;
  };
}

/** `/runs/{runId}` as a pattern with a named group; ids in it need no decoding. */
function toPlace(handler: RouteHandler): Place {
  const { method, path } = handler.contract;
  return { method, pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, "(?<$1>[\\w.~-]+)")}$`), handler };
}

/** Fills in what no trusted proxy told, as Next does, and leaves out again what came from one that is not. */
function tellConnection(request: IncomingMessage): void {
  const { headers, socket } = request;
  headers["x-forwarded-for"] ??= socket.remoteAddress;
  headers["x-forwarded-host"] ??= headers.host;
  headers["x-forwarded-proto"] ??= "http";
  // The adapter reads some headers from the raw list, from which nothing was dropped.
  request.rawHeaders = Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().flatMap((one) => [name, one]));
}
