import { db } from "@/db/database";
import type { KeyRow } from "@/db/queries/api-keys";
import { apiKeys } from "@/db/schema/accounts";
import { toKeyGrant } from "@/lib/auth/keys/to-key-grant";
import { newId } from "@/lib/core/ids";
import type { KeyGrant } from "@/lib/http/caller";
import { type Answer, ask } from "./gateway";

/** The model that fake Ollamas have. */
export const model = "ollama/llama3.2:3b";

/** Stores an API key that restricts nothing, and takes every kept answer to the same call unless told. @returns what it allows */
export async function aKey(ownerId: string, given: Partial<KeyGrant> = {}): Promise<KeyGrant> {
  const own = { id: newId(), scopes: ["chat" as const], cache: "always" as const, ...given };
  const [row] = await db()
    .insert(apiKeys)
    .values({ ownerId, name: "A program", tokenHash: newId(), hint: "abcd", ...own })
    .returning();
  return toKeyGrant(row as KeyRow);
}

type Asked = Parameters<typeof ask>[1] & { userId: string };

/** Asks for a whole answer on a user's behalf, deterministic unless told. */
export function askAs({ userId, context, ...options }: Asked): Promise<Answer> {
  return ask(model, { temperature: 0, ...options, context: { userId, purpose: "api", isCollected: true, ...context } });
}

/** What the cache did for an answer. */
export const cacheOf = ({ record }: Answer) => record?.cache;
