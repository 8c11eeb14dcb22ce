import { createHash, randomBytes } from "node:crypto";

/** What every key begins with, so that people and scanners for leaked secrets know it for one of Hearth's. */
const prefix = "hk_";

/** A new key: `hk_` and 256 random bits as base64url. */
export function newKeyToken(): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** Whether a bearer token is meant as a key rather than as an access token, which is a JWT. */
export function isKeyToken(token: string): boolean {
  return token.startsWith(prefix);
}

/** What is stored of a key. A fast hash is enough for 256 random bits. */
export function hashKeyToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
