import { bearer } from "./accounts";
import type { RouteHandler } from "./route-files";

type Sent = { body?: unknown; params?: Record<string, string | string[]>; query?: string; signal?: AbortSignal };

/** A request to a route handler as Next would make it, with the access token. */
export function sendRaw(token: string, handler: unknown, { body, params = {}, query = "", signal }: Sent = {}): Promise<Response> {
  const { contract } = handler as RouteHandler;
  const request = new Request(`http://localhost:3000/?${query}`, {
    method: contract?.method,
    headers: { ...bearer(token), "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  return (handler as RouteHandler)(request, { params: Promise.resolve(params as Record<string, string>) });
}

/** Calls route handlers with an access token, and reads their answers as JSON. */
export const sender =
  (token: string) =>
  async (handler: unknown, sent: Sent = {}) => {
    const response = await sendRaw(token, handler, sent);
    return { status: response.status, body: response.status === 204 ? null : await response.json() };
  };
