import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { lineOfText } from "@/lib/http/text";

/** Longest and shortest password, in characters. */
export const passwordLength = { min: 10, max: 200 };

const email = z.string().trim().toLowerCase().max(254).pipe(z.email("Must be an email address"));
const password = z.string().min(passwordLength.min, `Use at least ${passwordLength.min} characters`).max(passwordLength.max);

export const user = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.enum(["admin", "user", "pending"]),
    createdAt: z.date().transform((at) => at.toISOString()),
  })
  .meta({ id: "User" });

export const session = z
  .object({
    user: user.omit({ createdAt: true }),
    accessToken: z.string().describe("Send it as Authorization: Bearer"),
    refreshToken: z.string().describe("Spend it once, at auth/refresh-token"),
    expiresInS: z.number().int().describe("Seconds until the access token expires"),
  })
  .meta({ id: "Session" });

export type User = z.output<typeof user>;
export type Session = z.output<typeof session>;

/** What the first-run and registration forms ask for. */
export const registration = z.object({ email, password, name: lineOfText(100).optional() });

/** What the profile's forms send. */
export const nameChange = z.object({ name: lineOfText(100) });
export const passwordChange = z.object({ current: z.string().max(passwordLength.max), next: password });

export const register = defineContract({
  method: "POST",
  path: "/api/v1/auth/register",
  summary: "Make an account; the first one becomes the admin",
  tag: "Accounts",
  access: "public",
  body: registration,
  returns: session,
  status: 201,
  errors: ["conflict", "forbidden", "rate_limited"],
});

export const login = defineContract({
  method: "POST",
  path: "/api/v1/auth/login",
  summary: "Sign in with email and password",
  tag: "Accounts",
  access: "public",
  body: z.object({ email, password: z.string().max(passwordLength.max) }),
  returns: session,
  errors: ["forbidden", "rate_limited"],
});

export const refreshToken = defineContract({
  method: "POST",
  path: "/api/v1/auth/refresh-token",
  summary: "Trade a refresh token for a new session; a spent one revokes the whole sign-in",
  tag: "Accounts",
  access: "public",
  body: z.object({ refreshToken: z.string().min(1).max(500) }),
  returns: session,
  errors: ["rate_limited"],
});

export const logout = defineContract({
  method: "POST",
  path: "/api/v1/auth/logout",
  summary: "End this sign-in; its access and refresh tokens stop working at once",
  tag: "Accounts",
  access: "user",
  scope: "none",
  status: 204,
});

export const me = defineContract({
  method: "GET",
  path: "/api/v1/me",
  summary: "The signed-in user",
  tag: "Accounts",
  access: "user",
  returns: user,
});
