import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { db } from "@/db/database";
import { saveSettingOnce } from "@/db/queries/settings";
import { env } from "@/lib/core/env";
import { ConflictError } from "@/lib/core/errors";
import { processGlobal } from "@/lib/core/process-global";

const ivBytes = 12;
const tagBytes = 16;

type Slot = { stored?: Promise<string> };
const slot = () => processGlobal<Slot>("auth-secret", () => ({}));

/** What sessions are signed with: AUTH_SECRET, or a random value kept in the database so that replicas and restarts agree. */
export async function authSecret(): Promise<string> {
  const { AUTH_SECRET } = env();
  if (AUTH_SECRET) return AUTH_SECRET;
  const current = slot();
  current.stored ??= storedSecret().catch((error: unknown) => {
    current.stored = undefined;
    throw error;
  });
  return current.stored;
}

async function storedSecret(): Promise<string> {
  return String(await saveSettingOnce(db(), "auth-secret", randomBytes(32).toString("base64url")));
}

/** A 256-bit key for one purpose, derived from the secret by HKDF-SHA256 (RFC 5869). */
export async function deriveKey(purpose: string): Promise<Uint8Array> {
  const secret = await authSecret();
  const derived = processGlobal("derived-keys", () => new Map<string, Uint8Array>());
  const name = `${purpose}\n${secret}`;
  const key = derived.get(name) ?? new Uint8Array(hkdfSync("sha256", secret, "", `hearth ${purpose}`, 32));
  derived.set(name, key);
  return key;
}

/** Encrypts with AES-256-GCM (NIST SP 800-38D). Gives base64url of initialisation vector, tag and ciphertext. */
export async function encryptSecret(text: string): Promise<string> {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", await deriveKey("stored secrets"), iv);
  const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString("base64url");
}

/** Reads what `encryptSecret` gave. @throws ConflictError when it was made under another secret, or was changed */
export async function decryptSecret(sealed: string): Promise<string> {
  const bytes = Buffer.from(sealed, "base64url");
  const key = await deriveKey("stored secrets");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    throw new ConflictError("A stored key cannot be read, because AUTH_SECRET is not the one it was stored under. Enter the key again.");
  }
}
