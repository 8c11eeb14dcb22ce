import { encode } from "next-auth/jwt";
import { POST as logIn } from "@/app/api/v1/auth/login/route";
import { POST as register } from "@/app/api/v1/auth/register/route";
import { GET as me } from "@/app/api/v1/me/route";
import { db } from "@/db/database";
import { rateLimits } from "@/db/schema/gateway";
import type { Session } from "@/lib/auth/contract";
import { authSecret } from "@/lib/auth/secret";
import { sessionCookieName } from "@/lib/auth/session-cookie";
import { startSession } from "@/lib/auth/start-session";
import { resetEnv } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";

type RouteHandler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** A password that the contract accepts. */
export const goodPassword = "correct horse battery";

/** Sets environment variables for the code under test; undefined unsets. */
export function withEnvironment(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  resetEnv();
}

/** Forgets the attempts counted in memory, and the secret of the database before. */
export function forgetAttempts(): void {
  for (const name of ["rate-counter", "auth-secret"]) clearProcessGlobal(name);
}

/** Forgets all counted attempts, those counted in the open database included. */
export async function clearAttempts(): Promise<void> {
  forgetAttempts();
  await db().delete(rateLimits);
}

/** An address nobody used before. */
export const anEmail = () => `${newId()}@example.org`;

/** Calls a route handler with a JSON body, as a visitor at `address`. */
export async function post(handler: RouteHandler, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request("http://localhost:3000/", {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.1", ...headers },
    body: JSON.stringify(body),
  });
  return handler(request, { params: Promise.resolve({}) });
}

/** Registers over the REST API and gives the answer's body. @throws Error unless it worked */
export async function registered(email = anEmail(), name = "Ann"): Promise<Session> {
  const response = await post(register, { email, password: goodPassword, name });
  if (response.status !== 201) throw new Error(`Registering answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Signs in over the REST API and gives the answer's body. @throws Error unless it worked */
export async function loggedIn(email: string): Promise<Session> {
  const response = await post(logIn, { email, password: goodPassword });
  if (response.status !== 200) throw new Error(`Signing in answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** The status of GET /api/v1/me with these headers. */
export async function statusOfMe(headers: Record<string, string>): Promise<number> {
  return (await me(new Request("http://localhost:3000/api/v1/me", { headers }), { params: Promise.resolve({}) })).status;
}

/** The header of a bearer token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A Cookie header with a browser session of the user, as next-auth makes it. */
export async function browserCookie(userId: string): Promise<{ cookie: string; sessionId: string }> {
  const sessionId = await startSession(userId, "browser", { address: "192.0.2.1", userAgent: "Test browser" });
  const token = await encode({ token: { sub: userId, sid: sessionId }, secret: await authSecret() });
  return { cookie: `${sessionCookieName}=${token}`, sessionId };
}
