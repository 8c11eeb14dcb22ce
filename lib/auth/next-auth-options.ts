import type { NextAuthOptions } from "next-auth";
import { decode, encode, type JWT } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { db } from "@/db/database";
import { findLiveSession, revokeSessionFamily } from "@/db/queries/sessions";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import type { Connection } from "@/lib/http/connection";
import { audited } from "@/lib/monitoring/audit/record-event";
import { checkCredentials } from "./check-credentials";
import { login } from "./contract";
import { sessionS } from "./lifetimes";
import { importedDefault } from "./next-auth-interop";
import { localPath } from "./next-path";
import { toClaim } from "./session-claim";
import { cookieOptions, sessionCookieName } from "./session-cookie";
import { type Device, startSession } from "./start-session";

/** What one sign-in request brings, and where its refusal is noted for the HTTP status. */
export type SignInRequest = { connection: Connection; device: Device; secret: string; refusal?: AppError };

/**
 * next-auth's options for one request. They are made per request because `secure` follows the visitor's
 * connection: the same process serves localhost, a LAN over HTTP and a proxy with TLS.
 */
export function nextAuthOptions(request: SignInRequest): NextAuthOptions {
  const { connection, secret } = request;
  const cookie = (name: string) => ({ name, options: cookieOptions(connection.secure) });
  return {
    secret,
    useSecureCookies: connection.secure,
    session: { strategy: "jwt", maxAge: sessionS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: cookie(sessionCookieName),
      csrfToken: cookie("hearth-csrf"),
      callbackUrl: cookie("hearth-callback"),
    },
    providers: [
      importedDefault(Credentials)({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials) => authorize(credentials, request),
      }),
    ],
    jwt: { encode: ({ token, ...rest }) => encode({ ...rest, token: { sub: token?.sub, sid: token?.sid } }), decode: decodeLive },
    callbacks: {
      jwt: ({ token, user }) => (user && "sessionId" in user ? { ...token, sid: user.sessionId } : token),
      session: ({ session, token }) => ({ ...session, user: { id: token.sub, name: token.name, email: token.email, role: token.role } }),
      redirect: ({ url }) => connection.origin + localPath(url, connection.origin),
    },
    events: { signOut: ({ token }) => endSignIn(token) },
    logger: {
      error: (code, metadata) => log().debug({ code, metadata }, "next-auth refused"),
      warn: (code) => log().warn({ code }, "next-auth warns"),
      debug: () => {},
    },
  };
}

async function authorize(credentials: unknown, request: SignInRequest) {
  const given = login.body?.safeParse(credentials);
  if (!given?.success) return null;
  try {
    const user = await checkCredentials({ ...given.data, address: request.connection.address });
    return { id: user.id, name: user.name, email: user.email, sessionId: await startSession(user.id, "browser", request.device) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    request.refusal = error;
    // next-auth puts this message into the address it answers with, where the sign-in page reads it.
    throw new Error(error.code);
  }
}

/** A cookie counts while its row in `sessions` stands, so that revoking works for next-auth's own session call too. */
async function decodeLive(params: Parameters<typeof decode>[0]): Promise<JWT | null> {
  const token = await decode(params).catch(() => null);
  const claim = toClaim(token);
  const found = claim && (await findLiveSession(db(), { ...claim, kind: "browser" }));
  return token && found ? { ...token, name: found.name, email: found.email, role: found.role } : null;
}

async function endSignIn(token: JWT | null): Promise<void> {
  const claim = toClaim(token);
  if (!claim) return;
  await audited(
    (tx) => revokeSessionFamily(tx, claim),
    () => ({
      action: "session.ended",
      actor: { id: claim.userId, name: token?.email ?? "", via: "cookie" },
      target: { kind: "session", id: claim.sessionId },
    }),
  );
}
