import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/db/database";
import { saveRefreshToken } from "@/db/queries/sessions";
import type { Role } from "@/db/queries/users";
import { newId } from "@/lib/core/ids";
import { signAccessToken } from "./access-token";
import type { Session } from "./contract";
import { accessTokenS } from "./lifetimes";

type TokenUser = { id: string; email: string; name: string; role: Role };

/** What is stored of a refresh token. A fast hash is enough for 256 random bits. */
export function hashRefreshToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A new access token and a new refresh token (256 random bits) of a session. */
export async function issueTokens(db: Db, user: TokenUser, sessionId: string): Promise<Session> {
  const refreshToken = randomBytes(32).toString("base64url");
  await saveRefreshToken(db, { id: newId(), sessionId, tokenHash: hashRefreshToken(refreshToken) });
  const accessToken = await signAccessToken({ userId: user.id, sessionId });
  const { id, email, name, role } = user;
  return { user: { id, email, name, role }, accessToken, refreshToken, expiresInS: accessTokenS };
}
