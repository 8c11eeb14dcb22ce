import { hash, verify } from "@node-rs/argon2";
import { processGlobal } from "@/lib/core/process-global";

/** argon2id by OWASP's Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. `algorithm: 2` is argon2id. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** Hashes a password to a PHC string, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

/** Whether the password belongs to the hash. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

/** Takes as long as `verifyPassword` and is never true: for addresses without an account. */
export async function verifyNoPassword(password: string): Promise<false> {
  const standIn = await processGlobal("stand-in-password", () => hashPassword("no account has this password"));
  await verify(standIn, password);
  return false;
}
