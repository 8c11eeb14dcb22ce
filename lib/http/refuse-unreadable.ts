import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

type Refusal = { status: number; code: string; title: string; detail: string };

/**
 * Answers a request that Next would fail on with 500: an address or host that is no URL, or a method that nothing here has.
 * @returns whether it was refused, as a problem (RFC 9457)
 */
export function refuseUnreadable(request: IncomingMessage, response: ServerResponse): boolean {
  const refusal = refusalOf(request);
  if (!refusal) return false;
  const requestId = randomUUID();
  const problem = { type: `/docs/api#${refusal.code}`, ...refusal, requestId };
  response.writeHead(refusal.status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
    ...(refusal.status === 405 && { allow: methods.join(", ") }),
    // What else the sender has to say is not worth reading.
    connection: "close",
  });
  response.end(request.method === "HEAD" ? undefined : JSON.stringify(problem));
  return true;
}

function refusalOf({ method = "", url = "", headers }: IncomingMessage): Refusal | undefined {
  const invalid = { status: 400, code: "invalid_request", title: "The request is not valid" };
  if (!methods.includes(method)) {
    const detail = `Nothing here answers ${method}. Use one of: ${methods.join(", ")}.`;
    return { status: 405, code: "method_not_allowed", title: "Method not allowed", detail };
  }
  const hosts = [headers.host, headers["x-forwarded-host"]].flat().filter((host) => host !== undefined);
  if (!hosts.flatMap((list) => list.split(",")).every((host) => isHost(host.trim())))
    return { ...invalid, detail: "The Host header is not a host name with an optional port." };
  if (!isPath(url)) return { ...invalid, detail: "The address is not a valid URL: a percent sign must be followed by UTF-8 in hex." };
  return undefined;
}

/** An empty host is what HTTP/1.0 and some probes send. */
function isHost(host: string): boolean {
  return host === "" || (/^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`));
}

function isPath(url: string): boolean {
  try {
    // Neither `OPTIONS *` nor what is meant for a forward proxy.
    return decodeURIComponent(url.split("?", 1)[0] ?? "").startsWith("/");
  } catch {
    return false;
  }
}
