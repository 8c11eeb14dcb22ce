import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { pathHeader } from "@/lib/auth/page-caller";
import { isPublicPage } from "@/lib/auth/public-pages";
import { readSessionCookie } from "@/lib/auth/session-cookie";
import { env } from "@/lib/core/env";
import { requestMetric } from "@/lib/core/request-metric";
import { connectionOf } from "@/lib/http/connection";
import { requestIdHeader, requestIdOf } from "@/lib/http/request-id";
import { contentSecurityPolicy, pageSecurityHeaders } from "@/lib/http/security-headers";

/**
 * Stands before every page: gives it a content security policy with a fresh nonce and its request an id, and sends visitors
 * without a session cookie of ours to sign in. Pages look the session up in the database themselves;
 * this makes a page that forgets to unreachable for strangers all the same.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const connection = connectionOf(request.headers);
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, env().NODE_ENV === "development");
  const requestId = requestIdOf(request);
  const { pathname, search } = request.nextUrl;

  let response: NextResponse;
  if (isPublicPage(pathname) || (await readSessionCookie(request.headers))) {
    const headers = new Headers(request.headers);
    headers.set("content-security-policy", policy);
    headers.set("x-nonce", nonce);
    headers.set(requestIdHeader, requestId);
    headers.set(pathHeader, pathname + search);
    response = NextResponse.next({ request: { headers } });
  } else {
    const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
    response = NextResponse.redirect(`${connection.origin}/sign-in${next}`);
  }
  response.headers.set(requestIdHeader, requestId);
  response.headers.set("server-timing", requestMetric(requestId));
  for (const [name, value] of pageSecurityHeaders(policy, connection)) response.headers.set(name, value);
  return response;
}

/** All but the routes of both APIs, which name their callers in a contract each, and files of the build. */
export const config = {
  matcher: [
    "/((?!api/|v1/|_next/static/|_next/image|healthz$|readyz$|metrics$|favicon\\.ico$|icon\\.svg$|apple-icon\\.png$|manifest\\.webmanifest$).*)",
  ],
};
