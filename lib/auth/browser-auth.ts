import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { trustRequestHost } from "@/lib/core/env";
import { ForbiddenError, InvalidRequestError, NotFoundError, RateLimitedError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { actAs } from "@/lib/http/acting";
import { connectionOf, isSameOrigin } from "@/lib/http/connection";
import { readBytes } from "@/lib/http/read-body";
import { toErrorResponse } from "@/lib/http/route";
import { apiSecurityHeaders } from "@/lib/http/security-headers";
import { importedDefault } from "./next-auth-interop";
import { nextAuthOptions, type SignInRequest } from "./next-auth-options";
import { authSecret } from "./secret";
import { deviceOf } from "./start-session";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's calls that Hearth uses. Its `_log`, which lets strangers write to the log, is not one of them. */
const calls: Record<string, readonly string[]> = {
  GET: ["providers", "csrf", "session", "signin", "error"],
  POST: ["callback/credentials", "signout"],
};

const maxFormBytes = 16 * 1024;

/**
 * Serves next-auth's routes under `/api/auth`, with Hearth's limits around them: a short form from our own
 * pages, and 429 with Retry-After past the sign-in limits.
 * The one handler under `app/` that is not made of a contract: next-auth fixes its protocol.
 */
export async function browserAuth(request: NextRequest, context: Context): Promise<Response> {
  const requestId = newId();
  let response: Response;
  try {
    const { address } = connectionOf(request.headers);
    response = await actAs({ caller: null, address, requestId }, () => answer(request, context));
  } catch (error) {
    response = toErrorResponse(error, requestId, log().child({ requestId }));
  }
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  for (const [name, value] of apiSecurityHeaders(connectionOf(request.headers))) response.headers.set(name, value);
  return response;
}

async function answer(request: NextRequest, context: Context): Promise<Response> {
  const call = (await context.params).nextauth.join("/");
  if (!calls[request.method]?.includes(call)) throw new NotFoundError("sign-in call", call);
  const checked = request.method === "POST" ? await checkedForm(request) : request;
  const connection = connectionOf(request.headers);
  const signIn: SignInRequest = { connection, device: deviceOf(request.headers, connection.address), secret: await authSecret() };
  trustRequestHost();
  const response: Response = await importedDefault(NextAuth)(checked, context, nextAuthOptions(signIn));
  if (!(signIn.refusal instanceof RateLimitedError)) return response;
  response.headers.set("retry-after", String(signIn.refusal.retryAfterS));
  return new Response(response.body, { status: signIn.refusal.status, headers: response.headers });
}

async function checkedForm(request: NextRequest): Promise<NextRequest> {
  if (!isSameOrigin(request.headers)) throw new ForbiddenError("Sign in from Hearth's own page. Programs use /api/v1/auth/login.");
  if (!request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded")) {
    throw new InvalidRequestError("Send the form as application/x-www-form-urlencoded.");
  }
  const body = Buffer.from(await readBytes(request, maxFormBytes)).toString("utf8");
  return new NextRequest(request.url, { method: "POST", headers: request.headers, body });
}
